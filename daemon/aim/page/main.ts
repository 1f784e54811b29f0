/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** The page: hears the stream, shows it, passes the buttons on. It holds no rule; what should be done comes in words' names. */
import type { Advice, Over, Shown, Sounded, Trace, Welcome } from '../messages.js'
import { drawPatch, drawPicture } from './draw.js'
import { drawClosure, drawPerclos, type Perclos, shownOf } from './plot.js'
import { createSeat } from './seat.js'
import { type Language, type Texts, texts } from './texts.js'

// Well within what the server waits for a sign.
const SIGN_EVERY_MS = 3000
// PERCLOS changes slowly; the page is open for an hour at most.
const PERCLOS_EVERY_MS = 1000

const element = <T extends HTMLElement>(id: string, kind: new () => T): T => {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`)
  return found
}
const canvas = (id: string) => element(id, HTMLCanvasElement)
const button = (id: string) => element(id, HTMLButtonElement)
const say = (id: string, words: string) => {
  element(id, HTMLElement).textContent = words
}

const seat = createSeat()
let language: Language = navigator.language.startsWith('id') ? 'id' : 'en'
let viewer: number | null = null
let newest: Shown | null = null
let traces: Trace[] = []
let course: Perclos[] = []
let isDrawing = false
let over: Over['why'] | null = null

const post = (path: string, body: object = {}): Promise<Response> => fetch(path, { method: 'POST', body: JSON.stringify(body) })
const percent = (share: number | null): string => (share === null ? '–' : `${Math.round(share * 100)} %`)
const minutes = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/** Words that stay as long as the language does. */
function label(words: Texts): void {
  document.documentElement.lang = language
  button('language').textContent = words.otherLanguage
  button('end').textContent = words.end
  button('seat').textContent = words.seatStart
  say('advice-title', words.adviceTitle)
  say('seat-title', words.seatTitle)
  say('sound-title', words.soundTitle)
  say('closure-title', words.closureTitle)
  say('perclos-title', words.perclosTitle)
  for (const each of document.querySelectorAll<HTMLButtonElement>('button[data-part]')) {
    const part = each.dataset.part
    if (part === 'buzzer' || part === 'led' || part === 'both') each.textContent = words.parts[part]
  }
}

function banner(className: string, words: string): void {
  element('eyes', HTMLElement).className = className
  say('eyes', words)
}

/** What was seen last is not what is: the picture fades, and the banner no longer says how the eyes are. */
function showLost(): void {
  element('watch', HTMLElement).className = 'lost'
  banner('unseen', texts[language].lost)
}

/** The page is closed: nothing that was seen stays, nor a button that does nothing. */
function showOver(why: Over['why']): void {
  for (const part of document.querySelectorAll<HTMLElement>('main, #left, #end')) part.hidden = true
  element('over', HTMLElement).hidden = false
  say('over', why === 'strain' ? texts[language].overByStrain : texts[language].over)
}

function showAdvice(words: Texts, all: readonly Advice[]): void {
  const items = all.map((advice) => {
    const item = document.createElement('li')
    item.className = advice.is === 'good' ? 'good' : advice.is === 'side-unset' ? 'note' : ''
    item.textContent = words.advice(advice)
    return item
  })
  element('advice', HTMLUListElement).replaceChildren(...items)
}

function showSeat(words: Texts, { observation, picture, driverSide }: Shown): void {
  const { state } = seat
  const says = element('seat-says', HTMLElement)
  says.className = state === 'yes' ? 'good' : state === 'no' ? 'bad' : ''
  const [x, , width] = observation.face?.box ?? [0, 0, 0, 0]
  const side = picture !== null && x + width / 2 > picture.widthPx / 2 ? 'right' : 'left'
  // Without a picture its middle is not known, and the words of before stay.
  if (state === 'yes' && (picture === null || observation.face === null)) return
  says.textContent = state === 'yes' ? `${words.seat.yes} ${words.seatSide(side, driverSide)}` : words.seat[state]
}

function showEye(words: Texts, id: string, name: string, eye: Shown['observation']['left'], unseen: string | null): void {
  say(id, `${name}: ${eye === null ? (unseen ?? '–') : words.closed(Math.round(eye.closed * 100))}`)
}

function show(shown: Shown): void {
  const words = texts[language]
  const { observation } = shown
  element('watch', HTMLElement).className = ''
  banner(shown.eyes, words.eyes[shown.eyes])
  say('left', words.left(minutes(shown.endsInSeconds), shown.viewers))
  element('without', HTMLElement).hidden = shown.picture !== null
  say('without', words.withoutPicture)
  showEye(words, 'right-says', words.rightEye, observation.right, observation.unseen.right)
  showEye(words, 'left-says', words.leftEye, observation.left, observation.unseen.left)
  showAdvice(words, shown.advice)
  showSeat(words, shown)
  say('figures', words.figures(shown.fps === null ? '–' : shown.fps.toFixed(0), percent(shown.coverage), percent(shown.perclos60)))
  drawClosure(canvas('closure'), traces, shown.closedAbove)
  drawPerclos(canvas('perclos'), course)
}

async function draw(shown: Shown): Promise<void> {
  // A slow phone leaves pictures out.
  if (isDrawing || shown.picture === null) return
  isDrawing = true
  try {
    await drawPicture(canvas('picture'), shown, texts[language].notWatched)
    drawPatch(canvas('right'), shown.picture.patches.right)
    drawPatch(canvas('left-eye'), shown.picture.patches.left)
  } finally {
    isDrawing = false
  }
}

function take(message: Shown | Welcome): void {
  if ('viewer' in message) {
    viewer = message.viewer
    return
  }
  newest = message
  traces = shownOf([...traces, ...message.traces])
  const { at } = message.observation
  if (at - (course.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY) >= PERCLOS_EVERY_MS) course = [...course, [at, message.perclos60]]
  seat.follow(message.traces)
  show(message)
  void draw(message)
}

const stream = new EventSource('/live')
stream.onmessage = ({ data }) => take(JSON.parse(data))
stream.onerror = showLost
stream.addEventListener('over', ({ data }) => {
  stream.close()
  const { why }: Over = JSON.parse(data)
  over = why
  showOver(why)
})
setInterval(() => {
  if (viewer !== null) post('/here', { viewer }).catch(() => undefined)
}, SIGN_EVERY_MS)

button('language').onclick = () => {
  language = language === 'en' ? 'id' : 'en'
  label(texts[language])
  // An answer in the other language: whoever wants it in this one presses again.
  say('sound-says', '')
  if (over !== null) showOver(over)
  else if (newest !== null) show(newest)
}
/** Rejects when the service is out of reach, or no longer lets us in. */
async function sound(part: string | undefined): Promise<Sounded> {
  const answer = await post('/sound', { part })
  return answer.json()
}

button('end').onclick = () => void post('/end').catch(() => say('left', texts[language].lost))
button('seat').onclick = () => {
  seat.ask(traces.at(-1)?.[0] ?? 0)
  if (newest !== null) show(newest)
}
for (const each of document.querySelectorAll<HTMLButtonElement>('button[data-part]')) {
  each.onclick = async () => {
    const came = await sound(each.dataset.part).catch(() => null)
    const words = texts[language]
    say('sound-says', came === null ? words.lost : came.is === 'refused' ? words.soundRefused(came.why) : words.sound[came.is])
  }
}
label(texts[language])
banner('unseen', texts[language].eyes.unseen)
