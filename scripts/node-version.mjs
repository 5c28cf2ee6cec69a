/** Imported first by every script: an old Node ends here with a sentence instead of a syntax error later. */
const needed = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  console.error(
    `Reprise needs Node ${needed.join('.')} or newer; this is Node ${process.versions.node} (${process.execPath}).`,
  );
  console.error('Install a current Node from https://nodejs.org, then run the same command again.');
  process.exit(1);
}
