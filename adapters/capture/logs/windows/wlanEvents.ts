import type { Told } from '../../../../streams/air/index.js';

/** What an event of WLAN AutoConfig means. */
export interface Meaning {
  readonly phase: Told['phase'];
  /** Missing where something only begins. */
  readonly outcome?: Told['outcome'];
  readonly text: string;
  /** An access point of our own tells of a station: who is whom is the other way round. */
  readonly isHosted?: boolean;
}

export const WLAN_PROVIDER = 'Microsoft-Windows-WLAN-AutoConfig';
export const AUDIT_PROVIDER = 'Microsoft-Windows-Security-Auditing';

const meaning = (phase: Meaning['phase'], outcome: Meaning['outcome'], text: string): Meaning => ({
  phase,
  ...(outcome && { outcome }),
  text,
});
const beginning = (phase: Meaning['phase'], text: string): Meaning => ({ phase, text });

/** Events of Microsoft-Windows-WLAN-AutoConfig/Operational by their identifiers. */
export const wlanEvents: ReadonlyMap<number, Meaning> = new Map([
  [8000, beginning('connection', 'connecting')],
  [8001, meaning('connection', 'success', 'connected')],
  [8002, meaning('connection', 'failure', 'failed to connect')],
  [8003, meaning('connection', 'ended', 'disconnected')],
  [11000, beginning('association', 'associating')],
  [11001, meaning('association', 'success', 'associated')],
  [11002, meaning('association', 'failure', 'failed to associate')],
  [11003, beginning('security', 'security started')],
  [11004, meaning('security', 'ended', 'security stopped')],
  [11005, meaning('security', 'success', 'security succeeded')],
  [11006, meaning('security', 'failure', 'security failed')],
  [11007, beginning('security', 'security of the vendor started')],
  [11008, meaning('security', 'success', 'security of the vendor succeeded')],
  [11009, meaning('security', 'failure', 'security of the vendor failed')],
  [11010, beginning('security', 'security started')],
  [12011, beginning('oneX', '802.1X started')],
  [12012, meaning('oneX', 'success', '802.1X succeeded')],
  [12013, meaning('oneX', 'failure', '802.1X failed')],
  [12014, beginning('oneX', '802.1X started anew')],
  [20019, { ...beginning('security', 'a station of the hosted network is authenticated'), isHosted: true }],
]);

/** Of the security log: an 802.1X request for a wireless network. Whether it succeeded, its reason says. */
export const AUDITED_REQUEST = 5632;
