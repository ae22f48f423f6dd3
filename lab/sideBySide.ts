export type Play = () => Promise<void>;

/** More than this at a time would only make all of them slow. */
const MOST = 4;
/** How many of those to come begin before it is their turn to be told of. */
const AHEAD = 24;

let running = 0;
const waiting: (() => void)[] = [];

/** Plays as soon as there is a place. */
const inAPlace = async (play: Play): Promise<void> => {
  if (running < MOST) running += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    await play();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
};

interface Scenario {
  readonly play: Play;
  played?: Promise<void>;
}

/** Of all files, in their order. */
const scenarios: Scenario[] = [];

const playUpTo = (end: number): void => {
  for (const scenario of scenarios.slice(0, end)) {
    if (scenario.played !== undefined) continue;
    scenario.played = inAPlace(scenario.play);
    // It is told of at its turn.
    scenario.played.catch(() => undefined);
  }
};

/**
 * Tests that mostly wait, and none of which minds the others: while one is told of, those that follow are at work already, of whatever
 * group. A second attempt runs for itself.
 */
export const sideBySide = (group: Readonly<Record<string, Play>>): void => {
  for (const [title, play] of Object.entries(group)) {
    const scenario: Scenario = { play };
    const place = scenarios.push(scenario);
    let isFirstAttempt = true;
    it(title, () => {
      if (!isFirstAttempt) return play();
      isFirstAttempt = false;
      playUpTo(place + AHEAD);
      return scenario.played;
    });
  }
};
