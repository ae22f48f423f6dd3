import { type Either, left, right } from 'fp-ts/lib/Either.js';
import type { EapPeerDeps } from '../../../operators/index.js';
import { nodeProfileIo, peerOf, readProfile, resolveProfile } from '../../profile/index.js';
import { personToAsk, withQuestions } from '../personToAsk.js';
import { givenFile } from '../radius/given.js';
import type { LiveRequest } from './LiveRequest.js';

/** Who authenticates, ready to. */
export interface LiveProfile {
  readonly name: string;
  readonly methods: ReadonlyArray<string>;
  readonly remarks: ReadonlyArray<string>;
  /** Secrets of their own for each authentication, over a link that takes packets of so many octets. */
  readonly peer: (mtu: number) => EapPeerDeps;
  readonly release: () => void;
}

/** Of EAPOL, and of EAP up to its type. */
const HEADERS = 9;

/** Reads the profile that was named, and fetches its secrets; whatever is wrong is told by field. */
export const profileFrom = async ({ profileFile, network }: LiveRequest): Promise<Either<ReadonlyArray<string>, LiveProfile>> => {
  const text = await givenFile('--profile', profileFile);
  if (text._tag === 'Left') return left([text.left]);
  const profile = readProfile(new TextDecoder().decode(text.right), profileFile, network);
  if (profile._tag === 'Left') return profile;
  const ask = personToAsk();
  const resolved = await resolveProfile(profile.right, nodeProfileIo(ask));
  if (resolved._tag === 'Left') return resolved;
  const { name, eap, release } = resolved.right;
  if (eap === undefined) {
    release();
    return left([`${profileFile}: the profile says nothing of EAP; give it a field eap`]);
  }
  return right({
    name,
    methods: eap.methods.map(({ method }) => method),
    remarks: [...profile.right.remarks, ...resolved.right.remarks],
    peer: (mtu) => {
      const room = Math.min(eap.room, mtu - HEADERS);
      return peerOf({ ...resolved.right, eap }, { room, ...withQuestions(ask) });
    },
    release,
  });
};
