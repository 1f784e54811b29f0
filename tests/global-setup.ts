/** Once before all tests: the drawn driver's recording, which several of them run on. */
import { makeRecording } from '../scripts/demo/recording.js'
import { drawnDriver } from './drawn-driver.js'

export default async function setup(): Promise<void> {
  await makeRecording(drawnDriver, { fps: 15 })
}
