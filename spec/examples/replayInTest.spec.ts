import '../../examples/replayInTest.spec.js';
