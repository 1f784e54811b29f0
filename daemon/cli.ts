#!/usr/bin/env -S node --max-semi-space-size=1
/**
 * The command line: names and arguments. What a command does lies in daemon/commands, loaded when it is called.
 * Young objects get 1 MB in every thread (docs/performance.md); scripts/install says the same to its Node.
 */
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { type ExitCode, reportFault } from './commands/faults.js'
import { beThrifty } from './thrift.js'
import { programVersion } from './version.js'

const number = (low: number, high: number) => (text: string) => {
  const value = Number(text)
  if (text.trim() === '' || !(value >= low && value <= high)) throw new InvalidArgumentError(`It must be a number from ${low} to ${high}.`)
  return value
}

const program = new Command('kantukd')
  .description('Watches the driver’s eyes, wakes the driver, tells the fleet.')
  .version(programVersion(), '-V, --version')
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'kantukd: ')) })

/** Runs a command and sets the exit code; never throws. */
function act<A extends unknown[]>(command: (...args: A) => Promise<ExitCode>): (...args: A) => Promise<void> {
  return async (...args) => {
    process.exitCode = await command(...args).catch((fault: unknown) => reportFault(fault, (text) => process.stderr.write(text)))
  }
}

program
  .command('run')
  .description('The daemon: camera to alarm and broker, until it is stopped.')
  .option('-c, --config <file>', 'configuration (default: /etc/kantukd/kantukd.yaml where it exists)')
  .option('--record <dir>', 'keep the observations as JSON lines in a folder; numbers only, no picture')
  .option('--simulated', 'allow a recording or a script in place of a camera; every message then says so')
  .action(
    act(async (flags) => {
      beThrifty()
      return (await import('./commands/run.js')).runCommand(flags)
    }),
  )

program
  .command('replay')
  .description('The whole chain over a video, or the judgement over a log of observations.')
  .argument('<recording>', 'a video, or a .jsonl log')
  .option('-c, --config <file>', 'configuration (default: the built-in one)')
  .option('--json', 'one JSON object a line')
  .option('--observations', 'print every observation too')
  .option('--fps <n>', 'thin the recording to n frames a second', number(1, 120))
  .option('--overlay <file>', 'write a video of what was seen: .mp4 or .avi')
  .option('--realtime', 'keep the recording’s pace')
  .action(act(async (recording, flags) => (await import('./commands/replay.js')).replayCommand(recording, flags)))

program
  .command('classify')
  .description('Open or closed, for pictures.')
  .argument('[images...]', 'pictures; - reads their names from stdin')
  .option('--eye', 'each picture is one eye with what lies around it')
  .option('--close', 'with --eye: cut so closely that the lids fill it')
  .option('--json', 'one JSON object a line')
  .option('--model <file>', 'another .onnx model')
  .action(act(async (images, flags) => (await import('./commands/classify.js')).classifyCommand(images, flags)))

program
  .command('check-config')
  .description('Every error and warning of a configuration, with its place.')
  .argument('[file]', 'the configuration (default: /etc/kantukd/kantukd.yaml)')
  .option('--json', 'one JSON object a line')
  .action(act(async (file, flags) => (await import('./commands/check-config.js')).checkConfigCommand(file, flags)))

program
  .command('doctor')
  .description(
    'Looks at camera, GPIO, model, broker, clock, disk, evidence, temperature and service; says what to do. Exit code 1 when anything fails.',
  )
  .option('-c, --config <file>', 'configuration (default: /etc/kantukd/kantukd.yaml where it exists)')
  .option('--json', 'one JSON object a line')
  .option('--bundle <file>', 'write what support needs into a text file: no picture, no secret')
  .action(act(async (flags) => (await import('./commands/doctor.js')).doctorCommand(flags)))

program
  .command('aim')
  .description('Opens a page on the local network, for a limited time, that helps to place the camera.')
  .option('-c, --config <file>', 'configuration (default: /etc/kantukd/kantukd.yaml where it exists)')
  .option('--end', 'close the page of the running service')
  .option('--json', 'address and code as one JSON object')
  .option('--simulated', 'allow a recording or a script in place of a camera')
  .action(act(async (flags) => (await import('./commands/aim.js')).aimCommand(flags)))

program
  .command('self-test')
  .description(
    'Sounds buzzer and light, takes a frame, publishes a test event. Exit code 1 when anything fails. A running service is asked to do it.',
  )
  .option('-c, --config <file>', 'configuration (default: /etc/kantukd/kantukd.yaml where it exists)')
  .option('--pattern <name>', 'sound one pattern alone, such as warn or alarm; the service must be stopped')
  .option('--json', 'one JSON object a line')
  .option('--simulated', 'allow a recording or a script in place of a camera; the event then says so')
  .action(act(async (flags) => (await import('./commands/self-test.js')).selfTestCommand(flags)))

program
  .command('healthy')
  .description(
    'Asks the running daemon (health.port) whether it watches and judges. One line; exit code 0: it does; 1: it does not, or does not answer.',
  )
  .option('-c, --config <file>', 'configuration (default: /etc/kantukd/kantukd.yaml where it exists)')
  .action(act(async (flags) => (await import('./commands/healthy.js')).healthyCommand(flags)))

const evidence = program.command('evidence').description('Pictures around alarms that this vehicle has kept (evidence.enabled).')
const evidenceConfig = ['-c, --config <file>', 'configuration (default: /etc/kantukd/kantukd.yaml where it exists)'] as const

evidence
  .command('list')
  .description('What is kept, oldest first. No key is needed.')
  .option(...evidenceConfig)
  .option('--json', 'one JSON object a line')
  .action(act(async (flags) => (await import('./commands/evidence.js')).evidenceListCommand(flags)))

evidence
  .command('show')
  .description('One of them: what it is of and when each picture was taken; with --out, the pictures as JPEG files.')
  .argument('<id>', 'the incident of the alarm, or its beginning')
  .option(...evidenceConfig)
  .option('--out <folder>', 'write the pictures there')
  .option('--key <file>', 'the key (default: evidence.keyFile)')
  .action(act(async (id, flags) => (await import('./commands/evidence.js')).evidenceShowCommand(id, flags)))

evidence
  .command('delete')
  .description('Deletes one of them, or all.')
  .argument('[id]', 'the incident of the alarm, or its beginning')
  .option(...evidenceConfig)
  .option('--all', 'delete all of them')
  .action(act(async (id, flags) => (await import('./commands/evidence.js')).evidenceDeleteCommand(id, flags)))

program
  .command('outputs-off')
  .description(
    'Buzzer and light off, whatever state the daemon is in: the lines that it noted when it took them, and those that the configuration names, ' +
      'or the last good one where that is broken. Exit code 0: off; 1: a line refuses; 2: a broken configuration, and nothing else tells of a line.',
  )
  .option('-c, --config <file>', 'configuration (default: /etc/kantukd/kantukd.yaml where it exists)')
  .action(act(async (flags) => (await import('./commands/outputs-off.js')).outputsOffCommand(flags)))

// Whoever read our output has closed it (`… | head`). A command that prints results has nobody left to print for; the daemon
// goes on without its log, since a driver must not lose the alarm to a closed terminal.
process.stdout.on('error', () => process.exit(0))
process.stderr.on('error', () => undefined)

try {
  await program.parseAsync()
} catch (fault) {
  // Commander has said what is wrong; help and version end with 0.
  if (!(fault instanceof CommanderError)) throw fault
  process.exitCode = fault.exitCode === 0 ? 0 : 2
}
