import type { ElementMismatch } from '../../shadow/Connection.js';
import type { Finding } from '../Explanation.js';
import { error, type FindingReader, info, warning } from './finding.js';

const shown = ({ element, here, said, there, repeated, frame }: ElementMismatch, isFatal: boolean): Finding =>
  (isFatal ? error : warning)(
    'elements.mismatch',
    `${element} differs: the ${here} says ${said || 'nothing'}, the ${there} says ${repeated || 'nothing'}.`,
    [frame],
  );

/** Elements that have to agree and do not, with the difference. */
export const elementFindings: FindingReader = (connection, { cause }) => {
  const mismatches = [...connection.mismatches, ...connection.handshakes.flatMap((handshake) => handshake.mismatches)];
  return mismatches.map((mismatch) => shown(mismatch, cause === 'elementMismatch' || cause === 'associationRefused'));
};

/** What the engine has against the access point's messages, which a strict station refuses. */
export const faultFindings: FindingReader = ({ handshakes, groupHandshakes }) =>
  [...handshakes, ...groupHandshakes]
    .flatMap(({ messages }) => messages.flat())
    .flatMap(({ frame, faults }) => faults.map((fault) => ({ frame, fault })))
    .filter(({ fault }) => fault.code !== 'REPLAYED' && fault.code !== 'MIC')
    .map(({ frame, fault: { code, stage, detail, reason } }) => {
      const id = `engine.${code.toLowerCase().replace(/_(?<letter>\w)/g, (_, letter: string) => letter.toUpperCase())}`;
      const text = `A strict station ${reason === undefined ? 'drops' : 'refuses'} ${stage}: ${detail}`;
      return reason === undefined ? info(id, text, [frame]) : warning(id, text, [frame]);
    });
