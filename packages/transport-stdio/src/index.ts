export { stdio, type StdioOptions } from './stdio.js';
