import { runCommandLine } from './run-command-line.js';
import { surroundingsOf } from './surroundings.js';

process.exitCode = await runCommandLine(process.argv.slice(2), surroundingsOf());
