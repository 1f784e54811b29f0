/** What the outbox has to say, for the technician: what, where, what to do. */
import type { OutboxNews } from './types.js'

const messages = (count: number): string => (count === 1 ? '1 message' : `${count} messages`)

const WHY = {
  'no-room': 'there is no more room (the least severe, oldest first)',
  'too-old': 'they were too old (see fleet.outbox.maxDays)',
  spoilt: 'the file is spoilt there (the disk or card may be failing)',
}

/** A sentence for the log, and how grave it is. `file` is the outbox's, null for the one in memory. */
export const newsSentence = (news: OutboxNews, file: string | null): { level: 'info' | 'warn' | 'error'; sentence: string } => {
  const where = file ?? 'memory'
  switch (news.what) {
    case 'dropped':
      return { level: 'warn', sentence: `The outbox gave up ${messages(news.count)} because ${WHY[news.why]}.` }
    case 'disk-refuses':
      return {
        level: 'error',
        sentence: `The outbox ${where} cannot be written (${news.message}): messages are held in memory and would not survive a power cut. Is the disk full or read-only?`,
      }
    case 'disk-accepts':
      return { level: 'info', sentence: `The outbox ${where} can be written again; ${messages(news.held)} held in memory went there.` }
    case 'set-aside':
      return {
        level: 'error',
        sentence: `The outbox ${where} was spoilt (${news.message}): it was set aside as ${news.file}, and a new one begun with ${messages(news.saved)} saved out of it.`,
      }
    case 'seq-leaps':
      return {
        level: 'warn',
        sentence: `How far seq had counted could not be told by the outbox ${where}: it goes on after ${news.to}, so that none is given twice.`,
      }
  }
}
