import { expect } from 'chai';
import { type Guid, Win32 } from '../../../streams/events/index.js';
import { ADAPTER } from '../../support/fixtures.js';
import { frontDoor, preAssociate, REQUEST } from './frontDoor.js';

const { ERROR_SUCCESS, ERROR_NOT_SUPPORTED, ERROR_INSUFFICIENT_BUFFER, ERROR_INVALID_STATE, ERROR_ACCESS_DENIED } = Win32.codes;
const refusing = { admit: () => ({ win32: ERROR_INVALID_STATE, detail: 'not now' }) };
const { profile } = preAssociate();

describe('the version of the interface', () => {
  it('R1: is that of Windows Vista unless told otherwise', () => {
    expect(frontDoor().handlers.getVersionInfo()).to.deep.equal({ min: 0, max: 0 });
  });

  it('R1: may be asked for before everything else, and is no event', () => {
    const { handlers, events, turn } = frontDoor({ ...refusing, answers: { versions: { min: 1, max: 2 } } });
    expect(handlers.getVersionInfo()).to.deep.equal({ min: 1, max: 2 });
    turn();
    expect(events).to.deep.equal([]);
  });

  for (const [version, win32] of [
    [0, ERROR_NOT_SUPPORTED],
    [1, 0],
    [2, 0],
    [3, ERROR_NOT_SUPPORTED],
  ] as const) {
    it(`R1: ${version} is ${win32 === 0 ? 'spoken' : 'not spoken'} by whoever speaks 1 and 2`, () => {
      const { handlers, events, turn } = frontDoor({ answers: { versions: { min: 1, max: 2 } } });
      expect(handlers.initService({ version })).to.equal(win32);
      turn();
      expect(events.map(({ kind }) => kind)).to.deep.equal([win32 === 0 ? 'initService' : 'handlerReturned']);
    });
  }

  it('R1: which is not spoken reaches nobody who might remember it', () => {
    const admitted: string[] = [];
    const { handlers } = frontDoor({ admit: ({ kind }) => void admitted.push(kind) });
    handlers.initService({ version: 7 });
    handlers.initService({ version: 0 });
    expect(admitted).to.deep.equal(['initService']);
  });
});

describe('isUIRequestPending', () => {
  it('R232: is answered by whoever knows, request by request', () => {
    const { handlers } = frontDoor({ answers: { isUIRequestPending: (request) => request === REQUEST } });
    expect(handlers.isUIRequestPending({ request: REQUEST })).to.equal(true);
    expect(handlers.isUIRequestPending({ request: '00000000-0000-4000-8000-0000000000bb' as Guid })).to.equal(false);
  });

  it('R232: is false where nobody knows of any, and a question is no event', () => {
    const { handlers, events, turn } = frontDoor();
    expect(handlers.isUIRequestPending({ request: REQUEST })).to.equal(false);
    turn();
    expect(events).to.deep.equal([]);
  });
});

describe('control', () => {
  const asked = (outputSize: number, output: ReadonlyArray<number>, win32: number = ERROR_SUCCESS) => {
    const { handlers } = frontDoor({ answers: { control: () => ({ win32, output: Uint8Array.from(output) }) } });
    return handlers.control({ adapter: ADAPTER, input: new Uint8Array(0), outputSize });
  };

  it('R256: gives the output and its count when it fits', () => {
    const all = { win32: ERROR_SUCCESS, returned: 3, output: Uint8Array.of(1, 2, 3) };
    expect(asked(3, [1, 2, 3])).to.deep.equal(all);
    expect(asked(8, [1, 2, 3])).to.deep.equal(all);
  });

  it('R256: gives only the count when it does not fit', () => {
    for (const room of [0, 2]) expect(asked(room, [1, 2, 3])).to.deep.equal({ win32: ERROR_INSUFFICIENT_BUFFER, returned: 3 });
  });

  it('R256: needs no room for nothing, and passes a code of its own on', () => {
    expect(asked(0, [])).to.deep.equal({ win32: ERROR_SUCCESS, returned: 0 });
    expect(asked(0, [], ERROR_ACCESS_DENIED)).to.deep.equal({ win32: ERROR_ACCESS_DENIED, returned: 0 });
    expect(asked(1, [5], ERROR_ACCESS_DENIED)).to.deep.include({ win32: ERROR_ACCESS_DENIED, returned: 1 });
  });

  it('R256: is not supported where nobody answers, and returns nothing when it is refused', () => {
    const args = { adapter: ADAPTER, input: new Uint8Array(0), outputSize: 8 };
    expect(frontDoor().handlers.control(args)).to.deep.equal({ win32: ERROR_NOT_SUPPORTED, returned: 0 });
    expect(frontDoor(refusing).handlers.control(args)).to.deep.equal({ win32: ERROR_INVALID_STATE, returned: 0 });
  });

  it('R256: is answered from the input it came with', () => {
    const { handlers } = frontDoor({ answers: { control: ({ input }) => ({ win32: ERROR_SUCCESS, output: input }) } });
    const { output } = handlers.control({ adapter: ADAPTER, input: Uint8Array.of(7, 8), outputSize: 2 });
    expect(output).to.deep.equal(Uint8Array.of(7, 8));
  });
});

describe('questions about profiles and requests', () => {
  it('R36: profiles are good, discovery and requests not supported, unless somebody knows better', () => {
    const { handlers } = frontDoor();
    expect(handlers.validateProfile({ profile })).to.equal(ERROR_SUCCESS);
    expect(handlers.performCapabilityMatch({ adapter: ADAPTER, profile })).to.equal(ERROR_SUCCESS);
    expect(handlers.createDiscoveryProfiles({ adapter: ADAPTER })).to.equal(ERROR_NOT_SUPPORTED);
    expect(handlers.queryUIRequest({ adapter: ADAPTER, phase: 0 })).to.deep.equal({ win32: ERROR_NOT_SUPPORTED });
  });

  it('R36: whoever knows is asked with the call', () => {
    const asked: unknown[] = [];
    const judge = (call: { readonly kind: string }) => {
      asked.push(call.kind);
      return ERROR_ACCESS_DENIED;
    };
    const answers = { validateProfile: judge, performCapabilityMatch: judge, createDiscoveryProfiles: judge };
    const { handlers } = frontDoor({ answers });
    expect(handlers.validateProfile({ profile })).to.equal(ERROR_ACCESS_DENIED);
    expect(handlers.performCapabilityMatch({ adapter: ADAPTER, profile })).to.equal(ERROR_ACCESS_DENIED);
    expect(handlers.createDiscoveryProfiles({ adapter: ADAPTER })).to.equal(ERROR_ACCESS_DENIED);
    expect(asked).to.deep.equal(['validateProfile', 'performCapabilityMatch', 'createDiscoveryProfiles']);
  });

  it('R36: nobody is asked about a call that is refused', () => {
    let asked = 0;
    const judge = () => asked++;
    const { handlers } = frontDoor({ ...refusing, answers: { validateProfile: judge, performCapabilityMatch: judge } });
    expect(handlers.validateProfile({ profile })).to.equal(ERROR_INVALID_STATE);
    expect(handlers.performCapabilityMatch({ adapter: ADAPTER, profile })).to.equal(ERROR_INVALID_STATE);
    expect(asked).to.equal(0);
  });

  it('R233: a request is handed out as it was given', () => {
    const request = Uint8Array.of(1, 2);
    const { handlers } = frontDoor({ answers: { queryUIRequest: () => ({ win32: ERROR_SUCCESS, request }) } });
    expect(handlers.queryUIRequest({ adapter: ADAPTER, phase: 0 })).to.deep.equal({ win32: ERROR_SUCCESS, request });
  });
});
