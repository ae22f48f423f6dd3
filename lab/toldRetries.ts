const twice: string[] = [];

/** A scenario that took a second attempt is told of, though it passed in the end. */
export const mochaHooks = {
  afterEach(this: Mocha.Context): void {
    const { currentTest } = this;
    const attempt = currentTest === undefined ? 0 : Number(Reflect.get(currentTest, '_currentRetry') ?? 0);
    if (attempt > 0 && currentTest !== undefined) twice.push(currentTest.fullTitle());
  },
  afterAll(): void {
    for (const title of twice) process.stdout.write(`  ran twice: ${title}\n`);
  },
};
