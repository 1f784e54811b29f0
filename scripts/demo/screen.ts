/** What a person sees of the demonstration: one line for each thing that happens. */
import { styleText } from 'node:util'
import type { Verdict } from '../../daemon/judgement/index.js'

type Style = Parameters<typeof styleText>[0]

export interface Screen {
  say(text: string): void
  /** Prints "Open Eyes" or "Closed Eyes" when that changes, and the signal when it does. */
  verdict(verdict: Verdict): void
  /** An MQTT message as it arrived at the broker. */
  message(topic: string, payload: Buffer): void
}

const EYES: Record<Verdict['eyes'], { words: string; style: Style }> = {
  open: { words: 'Open Eyes', style: 'green' },
  closed: { words: 'Closed Eyes', style: 'red' },
  unseen: { words: 'Eyes not seen', style: 'gray' },
}

const SIGNALS: Record<Verdict['signal'], string> = {
  clear: 'alarm off',
  quiet: 'QUIET: a short flash every 2 s, no sound',
  notice: 'NOTICE: one soft beep, the light blinks',
  warn: 'WARNING: three fast beeps, again and again',
  alarm: 'ALARM: unbroken tone, steady light, until the eyes are open',
  emergency: 'EMERGENCY: unbroken tone, flickering light',
  distracted: 'EYES OFF THE ROAD: two short beeps, the light blinks',
  'distracted-long': 'EYES OFF THE ROAD STILL: two short beeps every 2 s',
  'cannot-see': 'CANNOT SEE YOU: two slow blinks of the light, a short beep every 5 s',
  degraded: 'SEES LESS THAN IT SHOULD: one beep, a wink of the light every 5 s',
}

/** @param write takes text for the terminal */
export function createScreen(write: (text: string) => void): Screen {
  let eyes: Verdict['eyes'] | null = null
  let signal: Verdict['signal'] = 'clear'
  let firstMs: number | null = null
  const line = (seconds: string, style: Style, text: string) =>
    write(`${styleText('gray', seconds.padStart(8))}  ${styleText(style, text)}\n`)

  return {
    say: (text) => write(`${text}\n`),
    verdict(verdict) {
      firstMs ??= verdict.atMs
      const seconds = `${((verdict.atMs - firstMs) / 1000).toFixed(1)} s`
      if (verdict.eyes !== eyes) line(seconds, EYES[verdict.eyes].style, EYES[verdict.eyes].words)
      if (verdict.signal !== signal) line(seconds, verdict.signal === 'clear' ? 'green' : ['bold', 'red'], `🔔 ${SIGNALS[verdict.signal]}`)
      eyes = verdict.eyes
      signal = verdict.signal
    },
    message(topic, payload) {
      write(`${styleText('cyan', `  MQTT ▸ ${topic}`)}\n${styleText('gray', indented(payload))}\n`)
    },
  }
}

function indented(payload: Buffer): string {
  const text = JSON.stringify(JSON.parse(payload.toString('utf8')), null, 2)
  return text.replace(/^/gm, '           ')
}
