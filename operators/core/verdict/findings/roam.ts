import { mac48ToAddress } from '../../../../streams/air/index.js';
import { error, type FindingReader, info, when } from './finding.js';

const fastTransition: FindingReader = ({ association }) => {
  const frames = association?.response === undefined ? [] : [association.response.frame];
  switch (association?.fastTransition) {
    case 'verified':
      return [
        info('roam.fastTransition', 'Fast BSS transition: the MICs of the exchange are right, and no handshake follows.', frames),
      ];
    case 'unchecked':
      return [info('roam.fastTransition', 'Fast BSS transition; its MICs were not checked for want of a key.', frames)];
    case 'refuted':
      return [
        error(
          'roam.fastTransitionRefuted',
          'Fast BSS transition: a MIC of the exchange is wrong, so the two hold different keys.',
          frames,
        ),
      ];
    case undefined:
      return [];
  }
};

const reassociation: FindingReader = ({ association }) => {
  const from = association?.currentAp;
  return from === undefined
    ? []
    : [
        info(
          'roam.from',
          `The station comes from ${mac48ToAddress(from)}.`,
          association?.request === undefined ? [] : [association.request.frame],
        ),
      ];
};

const cached: FindingReader = ({ offeredPmkids, association, eap, authentications, handshakes, security }) => {
  const isSpared = offeredPmkids > 0 && eap === undefined && authentications.every(({ algorithm }) => algorithm === 0);
  const request = association?.request;
  return when(isSpared && request !== undefined && handshakes.length > 0 && security?.akm !== undefined, () =>
    info('roam.cachedPmk', 'The station names a PMK of an earlier connection, and the long authentication is spared.', [
      request?.frame ?? 0,
    ]),
  );
};

const movedOn: FindingReader = ({ ending, ended }) =>
  when(ending === 'roamed', () => info('roam.movedOn', 'The station went on to another access point.', [ended.frame]));

/** Where the station came from and where it went. */
export const roamFindings: FindingReader = (...seen) => [
  ...reassociation(...seen),
  ...fastTransition(...seen),
  ...cached(...seen),
  ...movedOn(...seen),
];
