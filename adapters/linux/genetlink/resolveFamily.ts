import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { attributesIn, listIn, textAttribute, textIn, u16In, u32In } from './attributes.js';
import type { GenericMessage, GenericRequest } from './GenericMessage.js';
import type { GenericSocket, Refusal } from './GenericSocket.js';

/** A family of generic netlink: its number changes from boot to boot, its name does not. */
export interface Family {
  readonly id: number;
  /** The numbers of its multicast groups, by name. */
  readonly groups: ReadonlyMap<string, number>;
}

/** The controller, the one family whose number is known (linux/genetlink.h). */
const CONTROLLER = 0x10;
const GET_FAMILY = 3;
const Attribute = { ID: 1, NAME: 2, GROUPS: 7 } as const;
const GroupAttribute = { NAME: 1, ID: 2 } as const;

export const familyRequest = (name: string): GenericRequest => ({
  command: GET_FAMILY,
  attributes: [textAttribute(Attribute.NAME, name)],
});

export const readFamily = ({ attributes }: GenericMessage): Family | undefined => {
  const id = u16In(attributes, Attribute.ID);
  if (id === undefined) return undefined;
  const groups = new Map<string, number>();
  for (const entry of listIn(attributes.get(Attribute.GROUPS))) {
    const group = attributesIn(entry);
    const [name, number] = [textIn(group, GroupAttribute.NAME), u32In(group, GroupAttribute.ID)];
    if (name !== undefined && number !== undefined) groups.set(name, number);
  }
  return { id, groups };
};

/** Asks for a family by name; ENOENT where the kernel has none. */
export const resolveFamily = (socket: GenericSocket, name: string): Either<Refusal, Family> => {
  const answer = socket.request(CONTROLLER, familyRequest(name));
  if (answer._tag === 'Left') return answer;
  const [first] = answer.right.messages;
  const family = first && readFamily(first);
  return family === undefined ? left({ errno: 'ENOENT' }) : right(family);
};
