import type { AdapterHandle, AssociationCompletion, MacAddress } from '../../streams/events/index.js';
import type { PmkidCandidates, TkipMicFailure } from '../../streams/frames/index.js';

/** One attempt of a connect or roam task: WDI_TLV_ASSOCIATION_RESULT. */
export interface WdiAssociationResult
  extends Omit<AssociationCompletion, 'peer' | 'status' | 'reassociationRequest' | 'reassociationResponse'> {
  readonly bssid: MacAddress;
  /** A Wi-Fi 7 AP speaks EAPOL under this address, while its BSSID is only that of a link. */
  readonly mldAddress?: MacAddress;
  /** A WDI_ASSOC_STATUS. */
  readonly status: number;
  /** The 802.11 status code the peer answered with. */
  readonly statusCode: number;
  readonly reassociation: boolean;
}

interface On {
  readonly adapter: AdapterHandle;
}

/** Everything a WDI driver reports that concerns a port, named after its NDIS_STATUS_WDI_INDICATION_*. */
export type WdiIndication =
  | (On & { readonly kind: 'associationResult'; readonly results: ReadonlyArray<WdiAssociationResult> })
  /** `status` is a WDI_ASSOC_STATUS, `reason` the 802.11 reason of the frame that came, if one came. */
  | (On & { readonly kind: 'disassociation'; readonly peer: MacAddress; readonly status: number; readonly reason?: number })
  /** A header and nothing else: how it went is the status of the header. */
  | (On & { readonly kind: 'connectComplete'; readonly ndisStatus: number })
  | (On & { readonly kind: 'roamComplete' | 'disconnectComplete' | 'dot11ResetComplete'; readonly ndisStatus: number })
  /** A request to the host to look for a better AP; no roam has begun. `status` is a WDI_ASSOC_STATUS. */
  | (On & { readonly kind: 'roamingNeeded'; readonly status: number })
  | (On & { readonly kind: 'tkipMicFailure' } & TkipMicFailure)
  | (On & { readonly kind: 'pmkidCandidateListUpdate' } & PmkidCandidates)
  | (On & { readonly kind: 'linkStateChange'; readonly peer: MacAddress; readonly quality: number })
  | (On & { readonly kind: 'radioStatus'; readonly hardwareOn: boolean; readonly softwareOn: boolean })
  | (On & { readonly kind: 'ihvEvent'; readonly payload: Uint8Array })
  | (On & { readonly kind: 'cipherKeyUpdated'; readonly peer: MacAddress; readonly keyIndex: number })
  /** Before association, and so outside the engine. */
  | (On & { readonly kind: 'saeAuthParamsNeeded'; readonly peer: MacAddress });

/** A WDI indication by name, e.g. `WdiIndicationOf<'disassociation'>`. */
export type WdiIndicationOf<K extends WdiIndication['kind']> = Extract<WdiIndication, { kind: K }>;
