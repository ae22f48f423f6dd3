import { type Either, left, right } from 'fp-ts/lib/Either.js';
import { EMPTY, Observable } from 'rxjs';
import { Win32 } from '../../../streams/events/index.js';
import type { LibC } from '../ffi/LibC.js';
import { loadLibC } from '../ffi/loadLibC.js';
import { u32In } from '../genetlink/attributes.js';
import { GenericSocket } from '../genetlink/GenericSocket.js';
import { type Family, resolveFamily } from '../genetlink/resolveFamily.js';
import { faultOfCall, faultOfPlatform, type LinuxFault, noInterface } from '../LinuxFault.js';
import { listLinks } from '../netlink/listLinks.js';
import { Attribute, InterfaceType } from '../nl80211/names.js';
import { emptyKeyRequest, interfaceRequest, wiphyRequest } from '../nl80211/requests.js';
import { readWiphy, type Wiphy } from '../nl80211/Wiphy.js';
import { PacketSocket } from '../packet/PacketSocket.js';
import { OpenRadio, type RadioParts } from './OpenRadio.js';
import type { Radio, RadioHappening } from './Radio.js';
import { faultOfRefusal } from './radioFault.js';
import type { RadioStation } from './stepRadio.js';
import { switchOn } from './switchOn.js';
import { type SwitchNews, watchSwitch } from './watchSwitch.js';

export interface LinuxRadioOptions {
  readonly interface: string;
  /** EAPOL goes by a packet socket even where nl80211 would carry it; that takes CAP_NET_RAW. */
  readonly byPackets?: boolean;
}

const FAMILY = 'nl80211';
const GROUPS = ['config', 'scan', 'mlme'];
const ZERO = '00:00:00:00:00:00';

const notStation = (name: string): LinuxFault => ({
  code: 'NOT_STATION',
  message: `${name} is no station of a Wi-Fi radio (managed mode): iw dev lists the interfaces of radios`,
});

const noWireless: LinuxFault = {
  code: 'NO_NL80211',
  message: 'this kernel has no Wi-Fi (nl80211): the driver of the radio is not loaded, or there is no radio',
};

const open = (c: LibC): Either<LinuxFault, GenericSocket> => {
  const opened = GenericSocket.open(c);
  return opened._tag === 'Left' ? left(faultOfCall(opened.left, 'speak to the kernel')) : opened;
};

/** An interface, and what can be done with it. */
export interface FoundRadio {
  readonly station: RadioStation;
  readonly isEnabled: boolean;
  readonly wiphy: Wiphy;
  /** nl80211, which has another number in each boot. */
  readonly family: Family;
  readonly byPackets: boolean;
}

const wiphyOf = (socket: GenericSocket, family: Family, station: RadioStation): Either<LinuxFault, Wiphy> => {
  const asked = socket.request(family.id, interfaceRequest(station.index));
  if (asked._tag === 'Left')
    return left(asked.left.errno === 'ENODEV' ? notStation(station.name) : faultOfRefusal(asked.left, `ask of ${station.name}`));
  const [first] = asked.right.messages;
  const wiphy = first && u32In(first.attributes, Attribute.WIPHY);
  if (first === undefined || wiphy === undefined || u32In(first.attributes, Attribute.IFTYPE) !== InterfaceType.STATION)
    return left(notStation(station.name));
  const parts = socket.request(family.id, wiphyRequest(wiphy));
  if (parts._tag === 'Left') return left(faultOfRefusal(parts.left, `ask what the radio of ${station.name} can do`));
  const read = readWiphy(parts.right.messages);
  return read === undefined ? left(notStation(station.name)) : right(read);
};

const find = (
  c: LibC,
  socket: GenericSocket,
  { interface: name, byPackets = false }: LinuxRadioOptions,
): Either<LinuxFault, FoundRadio> => {
  const links = listLinks(c);
  if (links._tag === 'Left') return left(faultOfCall(links.left, 'list the interfaces'));
  const link = links.right.find((one) => one.name === name);
  if (link === undefined) return left(noInterface(name, links.right));
  const family = resolveFamily(socket, FAMILY);
  if (family._tag === 'Left')
    return left(family.left.errno === 'ENOENT' ? noWireless : faultOfRefusal(family.left, 'find nl80211'));
  const station: RadioStation = { index: link.index, name, address: link.address ?? (ZERO as RadioStation['address']) };
  const wiphy = wiphyOf(socket, family.right, station);
  if (wiphy._tag === 'Left') return wiphy;
  const has = { station, isEnabled: link.isEnabled, wiphy: wiphy.right, family: family.right };
  return right({ ...has, byPackets: byPackets || !wiphy.right.controlPort });
};

const joinAll = (socket: GenericSocket, { groups }: Family): Either<LinuxFault, void> => {
  for (const name of GROUPS) {
    const joined = socket.join(groups.get(name) ?? 0);
    if (joined._tag === 'Left') return left(faultOfCall(joined.left, `hear of the radio (${name})`));
  }
  return right(undefined);
};

const openPackets = (c: LibC, { station, byPackets }: FoundRadio): Either<LinuxFault, PacketSocket | undefined> => {
  if (!byPackets) return right(undefined);
  const opened = PacketSocket.open(c, { index: station.index, isPromiscuous: false });
  return opened._tag === 'Right' ? opened : left(faultOfCall(opened.left, `send EAPOL on ${station.name}`, station.name));
};

/** All of them, or none. */
const openParts = (c: LibC, found: FoundRadio): Either<LinuxFault, RadioParts> => {
  const { station, wiphy, family } = found;
  const events = open(c);
  if (events._tag === 'Left') return events;
  const commands = open(c);
  const joined = commands._tag === 'Left' ? commands : joinAll(events.right, family);
  const packets = joined._tag === 'Left' ? joined : openPackets(c, found);
  if (commands._tag === 'Right' && packets._tag === 'Right') {
    const sockets = { events: events.right, commands: commands.right, ...(packets.right && { packets: packets.right }) };
    return right({ station, wiphy, family: family.id, ...sockets });
  }
  events.right.close();
  if (commands._tag === 'Right') commands.right.close();
  return packets._tag === 'Left' ? packets : left(noWireless);
};

/** A radio that was found; its sockets are opened by whoever subscribes. */
export const radioOf = (c: LibC, found: FoundRadio, switches$: Observable<SwitchNews> = EMPTY): Radio => {
  const { station, wiphy } = found;
  const closed: LinuxFault = { code: 'CLOSED', message: `cannot use ${station.name}: nobody listens to it` };
  let radio: OpenRadio | undefined;
  const events$ = new Observable<RadioHappening>((out) => {
    const parts = openParts(c, found);
    if (parts._tag === 'Left') {
      out.next({ kind: 'trouble', fault: parts.left });
      return;
    }
    const opened = new OpenRadio(parts.right, () => openParts(c, found), out);
    radio = opened;
    out.add(() => {
      opened.close();
      if (radio === opened) radio = undefined;
    });
    opened.start();
    out.add(switches$.subscribe({ next: (news) => out.next(news), error: (error: unknown) => out.error(error) }));
  });
  return {
    ...{ station, wiphy, events$ },
    scan: (parameters) => radio?.scan(parameters) ?? left(closed),
    endScan: () => radio?.endScan(),
    heard: () => radio?.heard() ?? left(closed),
    connect: (candidate) => radio?.connect(candidate) ?? left(closed),
    authenticate: (candidate, body) => radio?.authenticate(candidate, body) ?? left(closed),
    associate: (candidate) => radio?.associate(candidate) ?? left(closed),
    abandon: () => radio?.abandon(),
    disconnect: (reason) => radio?.disconnect(reason) ?? left(closed),
    transmit: (peer, packet) => radio?.transmit(peer, packet) ?? left(closed),
    sink: (effect) => (radio === undefined ? Win32.codes.ERROR_INVALID_HANDLE : radio.sink(effect)),
    notePmk: (news) => radio?.pmks.tell(news),
    leave: () => radio?.leave(),
  };
};

/** What the radio of an interface can do, without touching it. */
export const wiphyOn = (c: LibC, name: string): Either<LinuxFault, Wiphy> => {
  const socket = open(c);
  if (socket._tag === 'Left') return socket;
  const found = find(c, socket.right, { interface: name });
  socket.right.close();
  return found._tag === 'Left' ? found : right(found.right.wiphy);
};

/** What takes a privilege is refused for the lack of it before anything else is looked at. */
const privilegeFault = (c: LibC, { station, family }: FoundRadio): LinuxFault | undefined => {
  const socket = open(c);
  if (socket._tag === 'Left') return socket.left;
  const asked = socket.right.request(family.id, emptyKeyRequest(station.index));
  socket.right.close();
  const isForbidden = asked._tag === 'Left' && (asked.left.errno === 'EPERM' || asked.left.errno === 'EACCES');
  return isForbidden ? faultOfRefusal(asked.left, `use ${station.name}`) : undefined;
};

/** As `linuxRadio`, with the system given. */
export const radioOn = (c: LibC, options: LinuxRadioOptions): Either<LinuxFault, Radio> => {
  const { interface: name } = options;
  const socket = open(c);
  if (socket._tag === 'Left') return socket;
  const found = find(c, socket.right, options);
  socket.right.close();
  if (found._tag === 'Left') return found;
  const { wiphy, isEnabled, station } = found.right;
  if (!wiphy.connects) return left({ code: 'UNFIT', message: `the driver of ${name} cannot connect by a command` });
  const packets = openPackets(c, found.right);
  if (packets._tag === 'Left') return packets;
  packets.right?.close();
  const switched = isEnabled ? right(undefined) : switchOn(c, station.index);
  // Whoever listens is told when the radio is switched on again.
  const isRefused = switched._tag === 'Left' && switched.left.errno !== 'ERFKILL';
  if (isRefused) return left(faultOfRefusal(switched.left, `switch ${name} on`));
  const forbidden = privilegeFault(c, found.right);
  return forbidden === undefined ? right(radioOf(c, found.right, watchSwitch(c, station, wiphy.name))) : left(forbidden);
};

/** What the radio of an interface can do. */
export const linuxWiphy = async (name: string): Promise<Either<LinuxFault, Wiphy>> => {
  const c = await loadLibC();
  return c._tag === 'Left' ? left(faultOfPlatform(c.left)) : wiphyOn(c.right, name);
};

/**
 * A Wi-Fi interface of this machine: what happens to it as a stream of an engine's inputs, and a sink for what the engine wants done.
 * It needs Linux, the optional package koffi, and the capability CAP_NET_ADMIN.
 *
 * @example
 * const radio = await linuxRadio({ interface: 'wlan0' });
 * if (radio._tag === 'Right') radio.right.events$.subscribe(console.log);
 *
 * @since 0.2.0
 */
export const linuxRadio = async (options: LinuxRadioOptions): Promise<Either<LinuxFault, Radio>> => {
  const c = await loadLibC();
  return c._tag === 'Left' ? left(faultOfPlatform(c.left)) : radioOn(c.right, options);
};
