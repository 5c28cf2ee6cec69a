/** Commands as a newcomer gives them: not as children of the npm that runs this script. */
import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { root } from '../prepare.mjs';

const inherited =
  /^(npm_(lifecycle|package|command|execpath|node_execpath|config_(user_agent|local_prefix))|INIT_CWD$|NODE_ENV$)/;

/** The environment of a user with that registry and empty caches below the folder. */
export function newcomer({ registry, home, programs = [] }) {
  const own = Object.entries(process.env).filter(([name]) => !inherited.test(name));
  const path = process.env.PATH.split(delimiter).filter((folder) => !folder.startsWith(root));
  return {
    ...Object.fromEntries(own),
    PATH: [...programs, ...path].join(delimiter),
    npm_config_registry: registry,
    npm_config_cache: `${home}/npm`,
    XDG_DATA_HOME: `${home}/data`,
    XDG_CACHE_HOME: `${home}/cache`,
    XDG_STATE_HOME: `${home}/state`,
    npm_config_update_notifier: 'false',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.com',
    CI: '1',
    YARN_NPM_REGISTRY_SERVER: registry,
    YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
    YARN_GLOBAL_FOLDER: `${home}/yarn`,
    YARN_ENABLE_TELEMETRY: '0',
    YARN_ENABLE_IMMUTABLE_INSTALLS: '0',
  };
}

/** Groups of processes that must not outlive this one. */
const alive = new Set();
process.on('exit', () => alive.forEach((pid) => signalGroup(pid, 'SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

/** A process with all it has said; `end()` ends it with everything that it started. */
export function start(line, { cwd, env }) {
  const [command, ...args] = line;
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const running = { child, said: '' };
  alive.add(child.pid);
  child.once('close', () => alive.delete(child.pid));
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      running.said += text;
      child.emit('said');
    });
  running.ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(signal ?? code));
  });
  running.end = async () => {
    signalGroup(child.pid, 'SIGTERM');
    const force = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), 5000);
    const how = await running.ended;
    clearTimeout(force);
    signalGroup(child.pid, 'SIGKILL');
    return how;
  };
  return running;
}

/** Runs to its end; throws with what was said unless that was 0. */
export async function run(line, where, limit = 300_000) {
  const running = start(line, where);
  const timer = setTimeout(() => void running.end(), limit);
  const how = await running.ended;
  clearTimeout(timer);
  if (how !== 0) throw new Error(`${line.join(' ')} ended with ${how}:\n${running.said.trimEnd()}`);
  return running.said;
}

/** The first match of the pattern in what a process says from an offset on. */
export function hear(running, pattern, { from = 0, limit = 30_000 } = {}) {
  return new Promise((resolve, reject) => {
    const look = () => {
      const found = pattern.exec(running.said.slice(from));
      if (found) settle(() => resolve(found));
    };
    const give = (why) => () => reject(new Error(`${why} ${pattern}:\n${running.said}`));
    const timer = setTimeout(() => settle(give('did not say')), limit);
    const settle = (then) => {
      clearTimeout(timer);
      running.child.off('said', look);
      then();
    };
    running.child.on('said', look);
    void running.ended.then(() => settle(give('ended before it said')));
    look();
  });
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // all of it has ended
  }
}
