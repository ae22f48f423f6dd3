import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readRfkillEvent } from '../../../../adapters/linux/rfkill/readRfkillEvent.js';
import { watchRfkill } from '../../../../adapters/linux/rfkill/watchRfkill.js';

const [ADD, DELETE, CHANGE] = [0, 1, 2];

/** struct rfkill_event: index, type (1: WLAN), operation, soft, hard. */
const event = (index: number, operation: number, soft: number, hard = 0): Uint8Array =>
  Uint8Array.of(index, 0, 0, 0, 1, operation, soft, hard);

describe('the switches of radios', () => {
  const folders: string[] = [];
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  /** A pipe in the place of the device, and two radios. */
  const open = () => {
    const folder = mkdtempSync(join(tmpdir(), 'postassoc-rfkill-'));
    folders.push(folder);
    const device = join(folder, 'rfkill');
    execFileSync('mkfifo', [device]);
    for (const [index, name] of ['phy0', 'phy1'].entries()) {
      mkdirSync(join(folder, `rfkill${index}`));
      writeFileSync(join(folder, `rfkill${index}`, 'name'), `${name}\n`);
    }
    const seen: boolean[] = [];
    const watched = { read: (): void => undefined, hasEnded: false };
    const watch = (_fd: number, onReadable: () => void) => {
      watched.read = onReadable;
      return {
        end: () => {
          watched.hasEnded = true;
        },
      };
    };
    const subscription = watchRfkill({ watch }, 'phy1', { device, names: folder }).subscribe((isBlocked) => seen.push(isBlocked));
    const pipe = openSync(device, 'w');
    const say = (...events: ReadonlyArray<Uint8Array>): void => {
      for (const each of events) writeSync(pipe, each);
      watched.read();
    };
    const end = (): void => {
      subscription.unsubscribe();
      closeSync(pipe);
    };
    return { seen, say, end, watched };
  };

  it('are read as the kernel writes them', () => {
    expect(readRfkillEvent(event(7, CHANGE, 0, 1))).to.deep.equal({ index: 7, isGone: false, isBlocked: true });
    expect(readRfkillEvent(event(7, DELETE, 0))).to.deep.equal({ index: 7, isGone: true, isBlocked: false });
    expect(readRfkillEvent(event(7, ADD, 0).subarray(1))).to.equal(undefined);
  });

  it('tell of the one radio, each change once', function () {
    if (process.platform === 'win32') this.skip();
    const { seen, say, end } = open();
    say(event(0, ADD, 1), event(1, ADD, 0));
    expect(seen, 'that it is on at the beginning is no news').to.deep.equal([]);
    say(event(1, CHANGE, 1), event(0, CHANGE, 0), event(1, CHANGE, 1, 1), event(1, CHANGE, 0, 1));
    expect(seen).to.deep.equal([true]);
    say(event(1, CHANGE, 0));
    expect(seen).to.deep.equal([true, false]);
    end();
  });

  it('are no more in the way when they are gone', function () {
    if (process.platform === 'win32') this.skip();
    const { seen, say, end } = open();
    say(event(1, ADD, 1), event(1, DELETE, 1));
    expect(seen).to.deep.equal([true, false]);
    end();
  });

  it('are let go of', function () {
    if (process.platform === 'win32') this.skip();
    const { watched, end } = open();
    end();
    expect(watched.hasEnded).to.equal(true);
  });

  it('say nothing where there are none', () => {
    const seen: boolean[] = [];
    const watch = () => ({ end: () => undefined });
    watchRfkill({ watch }, 'phy1', { device: '/nowhere/rfkill', names: '/nowhere' })
      .subscribe((isBlocked) => seen.push(isBlocked))
      .unsubscribe();
    expect(seen).to.deep.equal([]);
  });
});
