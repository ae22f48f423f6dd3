export { FILS_TIMER, type FilsFailure, type FilsInput, type FilsOutput } from './FilsOutput.js';
export { type FilsSetup, type FilsTiming, filsTiming } from './FilsSetup.js';
export { type FilsAccepted, type FilsState, type FilsStep, releaseFils } from './FilsState.js';
export { beginFils, protectFilsRequest, stepFils } from './fils.js';
