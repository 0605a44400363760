import { readFileSync, writeFileSync } from 'node:fs';
import { missingPlatforms } from './lockfile.ts';

/**
 * Adds to `package-lock.json` the packages for other platforms that npm left out, and sorts it as npm does.
 *
 * npm drops an optional package that its registry does not have, and a mirror need not have the binaries of every
 * platform; `npm ci` then refuses the lockfile. To be run after `npm install NAME`.
 */
const FILE = 'package-lock.json';
const lock = JSON.parse(readFileSync(FILE, 'utf8')) as Parameters<typeof missingPlatforms>[0];
const added = missingPlatforms(lock);
const packages = Object.entries({ ...lock.packages, ...added }).toSorted(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(FILE, `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`);
console.log(`${Object.keys(added).length} added`);
