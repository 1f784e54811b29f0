/**
 * A desk on which docs/install.md is walked: the real program, and stand-ins for what this machine has not. `nano` is the newcomer who
 * sets what is theirs (the camera: a driver drawn by code), `systemctl` starts the service, `journalctl` shows its log, `sudo` changes nothing.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { drawnDriver } from '../../drawn-driver.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const INSTALLED = '/etc/kantukd'

export interface Desk {
  /** Pastes commands into a shell. @returns the exit code of the last one, and all that was seen */
  paste(commands: string): Promise<{ code: number | null; seen: string }>
}

/** @param port of the broker on this machine */
export function layDesk(port: number): Desk {
  const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-walk-'))
  const [bin, etc, state] = ['bin', 'etc', 'state'].map((name) => path.join(folder, name)) as [string, string, string]
  for (const each of [bin, etc, state]) mkdirSync(each)
  const standIn = (name: string, script: string) => {
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`)
    chmodSync(path.join(bin, name), 0o755)
  }
  const [file, log, pid] = [path.join(etc, 'kantukd.yaml'), path.join(folder, 'log'), path.join(folder, 'pid')]
  const program = `${process.execPath} ${path.join(root, 'dist/cli.js')}`
  const isAlive = `[ -f ${pid} ] && kill -0 "$(cat ${pid})" 2>/dev/null`

  standIn('sudo', 'exec "$@"')
  standIn(
    'nano',
    `sed -i -e 's#^  kind: usb$#  kind: file\\n  file: { path: ${drawnDriver}, loop: true }#' -e 's#mqtt://localhost:1883#mqtt://localhost:${port}#' "$1"`,
  )
  standIn(
    'kantukd',
    `case $1 in
check-config) exec ${program} "$@" ${file} ;;
self-test | run) exec ${program} "$@" -c ${file} --simulated ;;
*) exec ${program} "$@" -c ${file} ;;
esac`,
  )
  standIn(
    'systemctl',
    `case $1 in
start) STATE_DIRECTORY=${state} kantukd run >>${log} 2>&1 </dev/null & echo $! >${pid} ;;
stop) kill "$(cat ${pid})"; while ${isAlive}; do sleep 0.1; done ;;
show) if ${isAlive}; then echo ActiveState=active; else echo ActiveState=inactive; fi ;;
esac`,
  )
  standIn('journalctl', `[ ! -f ${log} ] || sed -nE 's/.*"msg":"(([^"\\\\]|\\\\.)*)".*/vehicle kantukd[1]: \\1/p' ${log}`)
  standIn('mosquitto_sub', `exec /usr/bin/mosquitto_sub -p ${port} -W 30 "$@"`)

  return {
    async paste(commands) {
      const child = spawn('bash', ['-c', commands.replaceAll(INSTALLED, etc)], {
        cwd: root,
        env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let seen = ''
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (seen += text))
      const [code] = await once(child, 'close')
      return { code: typeof code === 'number' ? code : null, seen: seen.replaceAll(etc, INSTALLED) }
    },
  }
}
