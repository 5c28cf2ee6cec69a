/** The published packages of this repository as a registry would give them; for all others, the way to the real one. */
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { root } from '../prepare.mjs';

/** The workspaces that users install. */
export const published = readdirSync(join(root, 'packages'))
  .map((name) => ({ name, manifest: readManifest(name) }))
  .filter(({ manifest }) => manifest && !manifest.private)
  .map(({ manifest }) => manifest.name);

/**
 * Packages whose newer versions are not whole everywhere: registries that copy others may lack those for some platforms,
 * and yarn then refuses. The repository is held back likewise.
 */
const { devDependencies, overrides } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const newest = { '@swc/core': devDependencies['@swc/core'], 'unrs-resolver': overrides['unrs-resolver'] };

/** Packs into the folder and serves on a free port of this machine. */
export async function startRegistry(folder) {
  const packages = new Map(pack(folder).map((entry) => [entry.manifest.name, entry]));
  const upstream = npm('config', 'get', 'registry').trim().replace(/\/$/, '');
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const path = decodeURIComponent(pathname).slice(1);
    const tarball = [...packages.values()].find(({ file }) => path === `tarballs/${file}`);
    if (tarball) return response.writeHead(200).end(tarball.data);
    const found = packages.get(path);
    if (!found && path in newest) return void sendUpTo(newest[path], upstream + request.url, response);
    if (!found) return response.writeHead(302, { location: upstream + request.url }).end();
    const body = JSON.stringify(packument(found, `http://127.0.0.1:${server.address().port}`));
    return response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, packages, stop };
}

function pack(folder) {
  const workspaces = published.flatMap((name) => ['-w', name]);
  const made = JSON.parse(
    npm('pack', '--json', '--ignore-scripts', '--pack-destination', folder, ...workspaces),
  );
  // npm 12 gives an object by name, npm 11 a list
  return Object.values(made).map(({ filename }) => {
    const file = filename.replace('@', '').replace('/', '-');
    const data = readFileSync(join(folder, file));
    const manifest = execFileSync('tar', ['-xOzf', join(folder, file), 'package/package.json']);
    return { file, data, manifest: JSON.parse(manifest) };
  });
}

/** What the real registry says about a package, without the versions after that one. */
async function sendUpTo(last, url, response) {
  try {
    const told = await (await fetch(url)).json();
    const kept = Object.entries(told.versions).filter(([version]) => !isAfter(version, last));
    const body = { ...told, 'dist-tags': { latest: last }, versions: Object.fromEntries(kept) };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  } catch (error) {
    response.writeHead(502).end(error.message);
  }
}

function isAfter(version, last) {
  return version.localeCompare(last, 'en', { numeric: true }) > 0;
}

function packument({ file, data, manifest }, origin) {
  const hash = (algorithm, form) => createHash(algorithm).update(data).digest(form);
  const dist = {
    tarball: `${origin}/tarballs/${file}`,
    integrity: `sha512-${hash('sha512', 'base64')}`,
    shasum: hash('sha1', 'hex'),
  };
  const { name, version } = manifest;
  // a year old: package managers can be told to distrust what is new
  const time = new Date(Date.now() - 365 * 24 * 3_600_000).toISOString();
  return {
    name,
    'dist-tags': { latest: version },
    time: { created: time, modified: time, [version]: time },
    versions: { [version]: { ...manifest, dist } },
  };
}

function npm(...args) {
  return execFileSync('npm', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

function readManifest(name) {
  try {
    return JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
  } catch {
    return undefined;
  }
}
