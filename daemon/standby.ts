/** Before the daemon: while the ignition is off there is no driver to watch, and nothing runs that a loss of power could harm. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from './config/schema.js'
import { openGpio } from './gpio/index.js'
import { createNotifier } from './health/notify.js'
import { createInputs } from './inputs/index.js'
import type { Logger } from './log.js'
import { monotonicMs } from './monotonic.js'

// A line is known at once; a broker in the vehicle answers within this. Without an answer the driver is watched.
const KNOWN_WITHIN_MS = 1000
const LOOK_EVERY_MS = 100

/**
 * Waits while the ignition is known to be off, where the configuration lets the daemon end with it (systemd has then started it again).
 * @param isOver asked again and again; true ends the waiting
 */
export async function waitForIgnition(config: Config, log: Logger, isOver: () => boolean): Promise<void> {
  if (config.ignition.kind === 'none' || config.ignition.powerHoldSeconds === null) return
  const inputs = createInputs(config, { log, gpio: openGpio(config.gpio), now: monotonicMs })
  const notifier = createNotifier({ onFault: (message) => log.warn(message) })
  try {
    const beganMs = monotonicMs()
    while (inputs.ignition(monotonicMs()) === null && monotonicMs() - beganMs < KNOWN_WITHIN_MS && !isOver()) await sleep(LOOK_EVERY_MS)
    if (inputs.ignition(monotonicMs()) !== false) return
    log.info('The ignition is off: waiting for it.')
    notifier.ready()
    notifier.status('Waiting for the ignition.')
    let fedMs = monotonicMs()
    while (inputs.ignition(monotonicMs()) === false && !isOver()) {
      await sleep(LOOK_EVERY_MS)
      if (monotonicMs() - fedMs < notifier.watchdogMs / 2) continue
      fedMs = monotonicMs()
      notifier.watchdog()
    }
  } finally {
    await inputs.close()
  }
}
