export { fromWdi, type WdiError, type WdiEvent } from './fromWdi.js';
export { readWdi, type WdiMessage } from './readWdi.js';
export { readTlvs, type Tlv, WdiTlv } from './tlv.js';
export { assocStatusFromWdi, WdiAssocStatus } from './WdiAssocStatus.js';
export type { WdiAssociationResult, WdiIndication, WdiIndicationOf } from './WdiIndication.js';
export { WdiIndicationId, WdiOid } from './WdiMessage.js';
export { type WdiCommand, WdiKeyType, wdiCommand } from './wdiCommand.js';
export { wdiIndications } from './wdiIndications.js';
