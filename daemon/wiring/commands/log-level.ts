import { command, requests } from '../../fleet/commands/index.js'
import type { CommandParts } from './types.js'

/** Another level for a while; then, and when the daemon stops, the configured one. */
export const logLevel = ({ log, configuredLevel }: CommandParts) => {
  let timer: NodeJS.Timeout | undefined
  const back = () => {
    clearTimeout(timer)
    log.level = configuredLevel()
  }
  return {
    command: command(requests['log-level'], ({ level, seconds }) => {
      clearTimeout(timer)
      log.level = level
      log.warn(`The log is at ${level} for ${seconds} s; the fleet asked for it.`)
      timer = setTimeout(back, seconds * 1000)
      timer.unref()
      return { ok: true, data: { level, seconds } }
    }),
    close: back,
  }
}
