/** What is sent first. */
import type { Entry, Live } from './types.js'

/** An alert of now, which goes before all others. */
export const isNews = (entry: Entry, live: Live): boolean =>
  entry.kind === 'alert' && entry.bootId === live.bootId && entry.monotonicMs >= live.sinceMs

/** 0: an alert that is news · 1: an older alert · 2: a summary. */
const laneOf = (entry: Entry, live: Live): number => {
  if (entry.kind !== 'alert') return 2
  return isNews(entry, live) ? 0 : 1
}

/** Compares two entries: negative when `a` is to be sent first. */
export const sendingOrder =
  (live: Live) =>
  (a: Entry, b: Entry): number =>
    laneOf(a, live) - laneOf(b, live) || a.seq - b.seq
