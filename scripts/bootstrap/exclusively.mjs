// One bootstrap of a checkout at a time. The lock only saves double work: every step of the bootstrap also stands being
// run twice at once, so a lock taken over too early does no harm.
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BootstrapError, NODE_HOME, say } from './project.mjs';

const LOCK = join(NODE_HOME, '.lock');
const POLL_MS = 200;
/** Its holder touches the lock every second; it is given up after this many polls without a touch (10 s). */
const PATIENCE = 50;

/**
 * Runs a step while no other process runs one in this checkout.
 * @template T
 * @param {() => Promise<T>} step
 * @returns {Promise<T>}
 */
export async function exclusively(step) {
  await acquire();
  const release = () => rmSync(LOCK, { force: true });
  const die = (signal) => process.exit(signal === 'SIGINT' ? 130 : 143);
  process.once('exit', release).once('SIGINT', die).once('SIGTERM', die);
  const touch = setInterval(() => {
    try {
      utimesSync(LOCK, new Date(), new Date());
    } catch {
      // Taken over: harmless, see above.
    }
  }, 1000);
  try {
    return await step();
  } finally {
    clearInterval(touch);
    process.off('exit', release).off('SIGINT', die).off('SIGTERM', die);
    release();
  }
}

async function acquire() {
  let seen = '';
  let unchanged = 0;
  for (let waited = 0; ; waited += 1) {
    try {
      return writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    } catch (error) {
      if (error.code !== 'EEXIST') {
        throw new BootstrapError(
          `something has to be installed first, but ${NODE_HOME} is not writable (${error.code})`,
        );
      }
    }
    const now = describe();
    unchanged = now.state === seen ? unchanged + 1 : 0;
    seen = now.state;
    if (now.gone || unchanged > PATIENCE) {
      rmSync(LOCK, { force: true });
      continue;
    }
    if (waited === 0) say(`waiting for process ${now.holder}, which is installing into the same checkout…`);
    await sleep(POLL_MS);
  }
}

/** Who holds the lock, a text that changes with every touch, and whether the holder is certainly gone. */
function describe() {
  try {
    const holder = Number(readFileSync(LOCK, 'utf8'));
    return { holder, state: `${holder} ${statSync(LOCK).mtimeMs}`, gone: holder > 0 && !isAlive(holder) };
  } catch {
    return { holder: 0, state: '', gone: false };
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}
