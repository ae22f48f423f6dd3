import { expect } from 'chai';
import { WdiIndicationId, WdiOid } from '../../../adapters/wdi/index.js';

describe('WDI message numbers', () => {
  const INDICATIONS = {
    DISCONNECT_COMPLETE: 0x40050015,
    DISASSOCIATION: 0x40050033,
    ROAMING_NEEDED: 0x40050034,
    LINK_STATE_CHANGE: 0x40050035,
    PMKID_CANDIDATE_LIST_UPDATE: 0x4005003a,
    TKIP_MIC_FAILURE: 0x4005003b,
    DOT11_RESET_COMPLETE: 0x4005003f,
    CONNECT_COMPLETE: 0x40050040,
    RADIO_STATUS: 0x40050043,
    ASSOCIATION_RESULT: 0x4005004c,
    IHV_EVENT: 0x4005005e,
    ROAM_COMPLETE: 0x40050065,
    IHV_TASK_REQUEST: 0x4005006e,
    IHV_TASK_COMPLETE: 0x4005006f,
    CIPHER_KEY_UPDATED: 0x40050084,
    SAE_AUTH_PARAMS_NEEDED: 0x40050086,
  };
  const OIDS = {
    TASK_CONNECT: 0xe4400006,
    TASK_DOT11_RESET: 0xe4400007,
    TASK_DISCONNECT: 0xe4400008,
    SET_PRIVACY_EXEMPTION_LIST: 0xe440001c,
    SET_ADD_CIPHER_KEYS: 0xe440001d,
    SET_DELETE_CIPHER_KEYS: 0xe440001e,
    SET_DEFAULT_KEY_ID: 0xe440001f,
    IHV_REQUEST: 0xe440005d,
    TASK_ROAM: 0xe4400064,
    TASK_IHV: 0xe440006d,
  };

  it('R250: indications, from name to number and back', () => {
    expect(WdiIndicationId.codes).to.deep.equal(INDICATIONS);
    for (const [name, id] of Object.entries(INDICATIONS)) {
      expect(WdiIndicationId.nameOf(id)).to.equal(name);
      expect(WdiIndicationId.parse(name)).to.equal(id);
    }
  });

  it('R120: OIDs, from name to number and back', () => {
    expect(WdiOid.codes).to.deep.equal(OIDS);
    for (const [name, oid] of Object.entries(OIDS)) {
      expect(WdiOid.nameOf(oid)).to.equal(name);
      expect(WdiOid.parse(name)).to.equal(oid);
    }
  });

  it('shows a number nobody named as such', () => {
    expect(WdiIndicationId.show(0x40050001)).to.equal('UNNAMED (0x40050001)');
  });
});
