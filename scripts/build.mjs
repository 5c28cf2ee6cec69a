/** `npm run build`: every workspace through turbo, cached, without telemetry. */
import './node-version.mjs';
import { build, installIfNeeded } from './prepare.mjs';

if (!installIfNeeded()) process.exit(1);
const { ok, output } = build();
process.stderr.write(output);
process.exitCode = ok ? 0 : 1;
