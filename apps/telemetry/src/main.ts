import { report } from './report.js';
import { tellStory } from './story.js';

// what arrived at the collector, for people; with `--json`, all of it
const collected = await tellStory();
console.log(process.argv.includes('--json') ? JSON.stringify(collected) : report(collected));
