// Sees to it that node_modules holds exactly what package-lock.json says.
import { digest, inProject, readIfThere } from './project.mjs';

/** Marks a finished install; holds the digest of the lock it was made from. */
const STAMP = inProject('node_modules', '.capward-installed');

/** @param {string} node the Node that runs npm */
export async function ensureDependencies(node) {
  const wanted = stampOfLock();
  if (readIfThere(STAMP) === wanted) return;
  const { installDependencies } = await import('./install-dependencies.mjs');
  await installDependencies(node, STAMP, wanted);
}

function stampOfLock() {
  return digest(readIfThere(inProject('package-lock.json')) ?? '', process.platform, process.arch);
}
