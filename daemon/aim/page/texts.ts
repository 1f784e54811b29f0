/** Every word of the page, in each of its languages. Left and right are the driver's. */
import type { Advice, Direction, Eyes, Sounded } from '../messages.js'
import type { SeatState } from './seat.js'

export type Language = 'en' | 'id'

export type Texts = {
  eyes: Record<Eyes, string>
  otherLanguage: string
  end: string
  left(minutes: string, viewers: number): string
  over: string
  overByStrain: string
  lost: string
  withoutPicture: string
  rightEye: string
  leftEye: string
  closed(percent: number): string
  adviceTitle: string
  advice(advice: Advice): string
  seatTitle: string
  seatStart: string
  seat: Record<SeatState, string>
  seatSide(side: 'left' | 'right', configured: 'auto' | 'left' | 'right'): string
  notWatched: string
  soundTitle: string
  parts: { buzzer: string; led: string; both: string }
  sound: Record<Exclude<Sounded['is'], 'refused'>, string>
  /** `why`: in English, as the log says it. */
  soundRefused: (why: string) => string
  closureTitle: string
  perclosTitle: string
  figures(fps: string, coverage: string, perclos: string): string
}

const to: Record<Language, Record<Direction, string>> = {
  en: { left: 'to the driver’s left', right: 'to the driver’s right', up: 'up', down: 'down' },
  id: { left: 'ke kiri pengemudi', right: 'ke kanan pengemudi', up: 'ke atas', down: 'ke bawah' },
}

const en: Texts = {
  eyes: { open: 'Open Eyes', closed: 'Closed Eyes', unseen: 'Eyes not seen' },
  otherLanguage: 'Bahasa Indonesia',
  end: 'Finish',
  left: (minutes, viewers) => `${minutes} left${viewers > 1 ? ` · ${viewers} viewers` : ''}`,
  over: 'The page is closed. Run kantukd aim again to open it.',
  overByStrain:
    'The page is closed: the box is hot, or short of power or memory. The watch goes on. Run kantukd aim again when that is over.',
  lost: 'No connection; trying again …',
  withoutPicture: 'No picture comes: the box is hot or has no camera. The watch goes on.',
  rightEye: 'Right eye',
  leftEye: 'Left eye',
  closed: (percent) => `${percent} % closed`,
  adviceTitle: 'The camera',
  advice(advice) {
    switch (advice.is) {
      case 'good':
        return 'The camera sees the eyes well.'
      case 'no-camera':
        return 'There is no picture: is the camera plugged in?'
      case 'too-dark':
        return 'Too dark: take the cap off, or add an infrared lamp.'
      case 'too-bright':
        return 'Too bright: turn the camera away from the sun.'
      case 'blurred':
        return 'Blurred: clean the lens, or set its focus.'
      case 'covered':
        return 'Something covers the eyes or the lens.'
      case 'dark-glasses':
        return 'Dark glasses: take them off.'
      case 'turned-away':
        return 'The head is turned away: look at the road.'
      case 'too-near':
        return 'Too near: move the camera further away.'
      case 'too-far':
        return `Too far: eyes are ${advice.eyePx} pixels wide, 24 are needed. Move the camera ${advice.nearerPercent} % nearer.`
      case 'no-face':
        return `No face: sit in the driver’s seat and look at the road.${advice.side === 'auto' ? '' : ` Only the ${advice.side} of the picture is watched (locate.driverSide).`}`
      case 'off-axis':
        return `${advice.degrees}° off axis, at most 30°: move the camera about ${advice.cm} cm ${to.en[advice.to]}.`
      case 'off-middle':
        return `The face is at the edge: move the camera ${advice.cm} cm ${to.en[advice.to]}, or turn it there.`
      case 'few-frames':
        return `Only ${advice.fps} pictures a second, 15 are needed: more light, or a smaller picture.`
      case 'side-unset':
        return 'The seat is learned. To be sure, check the driver’s seat below and set locate.driverSide.'
    }
  },
  seatTitle: 'Is it the driver’s seat?',
  seatStart: 'Check the seat',
  seat: {
    idle: 'Sit in the driver’s seat, press the button, then close both eyes for two seconds.',
    waiting: 'Now close both eyes for two seconds …',
    yes: 'Yes: the face that is watched has closed its eyes.',
    no: 'No: the face that is watched kept its eyes open. Turn the camera to the driver, or set locate.driverSide.',
  },
  seatSide: (side, configured) =>
    configured === side ? `locate.driverSide is ${side}: right.` : `Set locate.driverSide: ${side} (it is ${configured}).`,
  notWatched: 'not watched',
  soundTitle: 'Buzzer and light',
  parts: { buzzer: 'Buzzer', led: 'Light', both: 'Both' },
  sound: {
    sounded: 'It sounds now. Nothing heard or seen? Check wires and pins: kantukd doctor.',
    busy: 'Not now: the driver is being warned.',
    'no-output': 'There is no buzzer and no light: set alarm.output.',
  },
  soundRefused: (why) => `It does not sound: ${why}`,
  closureTitle: 'Closure of the last 60 s',
  perclosTitle: 'PERCLOS (60 s): share of time with closed eyes',
  figures: (fps, coverage, perclos) => `${fps} pictures a second · eyes seen ${coverage} of the last minute · PERCLOS ${perclos}`,
}

const id: Texts = {
  eyes: { open: 'Mata Terbuka', closed: 'Mata Tertutup', unseen: 'Mata tidak terlihat' },
  otherLanguage: 'English',
  end: 'Selesai',
  left: (minutes, viewers) => `sisa ${minutes}${viewers > 1 ? ` · ${viewers} penonton` : ''}`,
  over: 'Halaman ditutup. Jalankan kantukd aim lagi untuk membukanya.',
  overByStrain:
    'Halaman ditutup: alat panas, atau kekurangan daya atau memori. Pengawasan tetap berjalan. Jalankan kantukd aim lagi setelah pulih.',
  lost: 'Tidak ada sambungan; mencoba lagi …',
  withoutPicture: 'Tidak ada gambar: alat panas atau tanpa kamera. Pengawasan tetap berjalan.',
  rightEye: 'Mata kanan',
  leftEye: 'Mata kiri',
  closed: (percent) => `tertutup ${percent} %`,
  adviceTitle: 'Kamera',
  advice(advice) {
    switch (advice.is) {
      case 'good':
        return 'Kamera melihat mata dengan baik.'
      case 'no-camera':
        return 'Tidak ada gambar: apakah kamera terpasang?'
      case 'too-dark':
        return 'Terlalu gelap: buka tutup lensa, atau pasang lampu inframerah.'
      case 'too-bright':
        return 'Terlalu terang: jauhkan kamera dari arah matahari.'
      case 'blurred':
        return 'Buram: bersihkan lensa, atau atur fokusnya.'
      case 'covered':
        return 'Ada yang menutupi mata atau lensa.'
      case 'dark-glasses':
        return 'Kacamata gelap: lepaskan.'
      case 'turned-away':
        return 'Kepala menoleh: lihat ke jalan.'
      case 'too-near':
        return 'Terlalu dekat: jauhkan kamera.'
      case 'too-far':
        return `Terlalu jauh: lebar mata ${advice.eyePx} piksel, perlu 24. Dekatkan kamera ${advice.nearerPercent} %.`
      case 'no-face':
        return `Tidak ada wajah: duduk di kursi pengemudi dan lihat ke jalan.${advice.side === 'auto' ? '' : ` Hanya sisi ${advice.side === 'left' ? 'kiri' : 'kanan'} gambar yang diawasi (locate.driverSide).`}`
      case 'off-axis':
        return `Miring ${advice.degrees}°, paling banyak 30°: geser kamera sekitar ${advice.cm} cm ${to.id[advice.to]}.`
      case 'off-middle':
        return `Wajah di tepi gambar: geser kamera ${advice.cm} cm ${to.id[advice.to]}, atau arahkan ke sana.`
      case 'few-frames':
        return `Hanya ${advice.fps} gambar per detik, perlu 15: tambah cahaya, atau perkecil gambar.`
      case 'side-unset':
        return 'Kursi dipelajari sendiri. Agar pasti, periksa kursi pengemudi di bawah dan isi locate.driverSide.'
    }
  },
  seatTitle: 'Apakah ini kursi pengemudi?',
  seatStart: 'Periksa kursi',
  seat: {
    idle: 'Duduk di kursi pengemudi, tekan tombol, lalu pejamkan kedua mata selama dua detik.',
    waiting: 'Sekarang pejamkan kedua mata selama dua detik …',
    yes: 'Ya: wajah yang diawasi memejamkan mata.',
    no: 'Tidak: mata wajah yang diawasi tetap terbuka. Arahkan kamera ke pengemudi, atau isi locate.driverSide.',
  },
  seatSide: (side, configured) =>
    configured === side ? `locate.driverSide adalah ${side}: benar.` : `Isi locate.driverSide: ${side} (sekarang ${configured}).`,
  notWatched: 'tidak diawasi',
  soundTitle: 'Buzzer dan lampu',
  parts: { buzzer: 'Buzzer', led: 'Lampu', both: 'Keduanya' },
  sound: {
    sounded: 'Sekarang berbunyi. Tidak terdengar atau terlihat? Periksa kabel dan pin: kantukd doctor.',
    busy: 'Belum bisa: pengemudi sedang diperingatkan.',
    'no-output': 'Tidak ada buzzer dan lampu: atur alarm.output.',
  },
  soundRefused: (why) => `Tidak berbunyi: ${why}`,
  closureTitle: 'Mata tertutup, 60 detik terakhir',
  perclosTitle: 'PERCLOS (60 detik): bagian waktu dengan mata tertutup',
  figures: (fps, coverage, perclos) => `${fps} gambar per detik · mata terlihat ${coverage} dari menit terakhir · PERCLOS ${perclos}`,
}

export const texts: Readonly<Record<Language, Texts>> = { en, id }
