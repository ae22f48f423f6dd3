import type { ApiCall } from '../../streams/events/index.js';
import { apiTable, type Sink, type SinkResult } from '../../streams/sources/index.js';
import { adapterApi } from './api/adapterApi.js';
import { connectionApi } from './api/connectionApi.js';
import { keyApi } from './api/keyApi.js';
import { oneXApi } from './api/oneXApi.js';
import { pmkApi } from './api/pmkApi.js';
import { portApi } from './api/portApi.js';
import { serviceApi } from './api/serviceApi.js';
import { virtualStationApi } from './api/virtualStationApi.js';
import { FaultPlan } from './FaultPlan.js';
import type { MemoryHost } from './MemoryHost.js';
import type { World } from './World.js';

/** The whole API, without faults. */
const faultless = (world: World): Sink =>
  apiTable({
    ...serviceApi(world),
    ...adapterApi(world),
    ...connectionApi(world),
    ...portApi(world),
    ...keyApi(world),
    ...oneXApi(world),
    ...pmkApi(world),
    ...virtualStationApi(world),
  });

const asResult = (answer: SinkResult | number): SinkResult => (typeof answer === 'number' ? { win32: answer } : answer);

/** The API of a host as an effect meets it: carried out, or struck by a fault. */
export const carryOut = (world: World, host: MemoryHost): Sink => {
  const sink = faultless(world);
  const plan = new FaultPlan(world.options.faults ?? []);

  const answerLater = (effect: ApiCall, ms: number): void => {
    const answer = sink(effect);
    if (answer === undefined) return;
    world.later(ms, () => world.door?.offer({ kind: 'reply', call: effect.call, ...asResult(answer) }));
  };

  return (effect) => {
    world.calls.push(effect);
    const fault = plan.strike(effect);
    switch (fault?.does) {
      case undefined:
        return sink(effect);
      case 'fail':
        return fault.win32;
      case 'answerLate':
        answerLater(effect, fault.ms);
        return;
      case 'keepSilent':
        sink(effect);
        return;
      case 'throw':
        throw new Error(`${effect.kind} failed on purpose`);
      case 'reenter': {
        const answer = sink(effect);
        fault.enter(host);
        return answer;
      }
    }
  };
};
