/** Kinds of text that several sections share. Each says in its own words what is wrong with a value. */
import { z } from 'zod'

/** One level of an MQTT topic: letters, digits, dot, underscore, hyphen; so no `+`, `#`, `/` or space can reach a topic. */
export const topicLevel = () =>
  z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
    error:
      'must be 1 to 64 letters, digits, dots, underscores or hyphens, beginning with a letter or digit (it becomes part of the MQTT topic)',
  })

/** The name of a file or folder; relative names are taken from the folder of the YAML file. */
export const path = () => z.string().min(1, { error: 'must name a file or folder; write null for none' })

/** The label of a GPIO chip as the kernel gives it in /sys/class/gpio/gpiochip.../label. */
const chipLabel = () =>
  z.string().regex(/^[\w.:@-]{1,64}$/, { error: 'must be the label of a GPIO chip, as in: cat /sys/class/gpio/gpiochip*/label' })

/** The name of an MQTT topic to listen to: no wildcards. */
export const topicName = () =>
  z.string().regex(/^[^+#\p{Cc}]{1,256}$/u, { error: 'must be the name of an MQTT topic, without the wildcards + and #' })

/** Broker addresses: plain or TLS, a host, perhaps a port; a name or password has its own key, so that it is never shown with the address. */
const isBrokerUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return ['mqtt:', 'mqtts:'].includes(url.protocol) && url.hostname !== '' && url.username === '' && url.password === '' && url.port !== '0'
}

export const brokerUrl = () =>
  z.string().refine(isBrokerUrl, {
    error: 'must be mqtt://host[:port] or mqtts://host[:port], without a name or password (they go into username and passwordFile)',
  })

/** A line of a GPIO chip. 511: no chip on a Pi or Jetson has more lines; the chip's true number is checked when the line is taken. */
export const line = () => z.int().min(0).max(511)

export const chip = () =>
  chipLabel()
    .default('pinctrl-bcm2711')
    .describe('Label of the GPIO chip. Pi 4: pinctrl-bcm2711; Pi 5: pinctrl-rp1; list: cat /sys/class/gpio/gpiochip*/label')

/** The name of a line as the board's maker gave it; the kernel's names have at most 31 characters. */
export const lineName = () =>
  z
    .string()
    .regex(/^[\w.:+/ -]{1,31}$/, { error: 'must be the name of a line, as in: gpioinfo' })
    .nullable()
    .default(null)
    .describe(
      'Name of the line, such as PQ.05, as gpioinfo shows it: then line is not used. Only with gpio.backend gpiod; null: by number.',
    )
