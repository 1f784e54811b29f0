/** Whether the daemon could run with a configuration: what it names must be there. */
import { existsSync, statSync } from 'node:fs'
import type { Config } from '../config/index.js'
import { isSimulated } from '../vision/camera/kinds.js'
import { UsageError } from './faults.js'

/** Files that the configuration names and without which nothing can run: told before anything starts. */
function requireFile(key: string, file: string): void {
  if (!existsSync(file)) throw new UsageError(`${key} is ${file}, and there is no such file`)
  if (!statSync(file).isFile()) throw new UsageError(`${key} is ${file}, which is no file`)
}

/** @throws UsageError */
export function requireRunnable({ camera, classifier, locate }: Config, simulated: boolean): void {
  if (isSimulated({ camera, locate }) && !simulated) {
    const what = locate.recorded === null ? `camera.kind is ${camera.kind}` : `locate.recorded is ${locate.recorded}`
    throw new UsageError(`${what}, which is no driver; run it with --simulated, and every message will say so`)
  }
  // A shipped one that is missing ends no watch: the vision process says so, and the fleet is told.
  if (classifier.model !== null) requireFile('classifier.model', classifier.model)
  if (locate.recorded !== null) requireFile('locate.recorded', locate.recorded)
  if (camera.kind === 'file' && camera.file.path !== null) requireFile('camera.file.path', camera.file.path)
  if (camera.kind === 'scripted' && camera.scripted.path !== null) requireFile('camera.scripted.path', camera.scripted.path)
}
