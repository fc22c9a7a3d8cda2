// Starts what the proxy's tests need, on free ports of loopback: the demo
// Stripe, an upstream that records what arrives, nginx.  With PROXY_URL set the
// proxy under test is another one; what cannot be asked of it is skipped.

import {spawn, spawnSync} from 'node:child_process'
import {mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, existsSync, writeFileSync} from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {fileURLToPath} from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const build = process.env.PRECISION_BUILD ?? path.join(root, 'build/native')
const demoProgram = path.join(build, 'bin/demo-stripe')

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms))

export function demoKeys() {
  const listed = spawnSync(demoProgram, ['--list-keys'], {encoding: 'utf8'})
  if (listed.status !== 0) throw new Error('demo-stripe --list-keys failed: is build/native built?')
  const keys = {}
  for (const line of listed.stdout.split('\n').filter(Boolean)) {
    const key = JSON.parse(line)
    keys[key.name] = key
  }
  return keys
}

function freePort() {
  return new Promise((done, fail) => {
    const server = net.createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const {port} = server.address()
      server.close(() => done(port))
    })
  })
}

async function waitForPort(port, child, name) {
  for (let tries = 0; tries < 300; ++tries) {
    if (child.exitCode !== null) throw new Error(`${name} stopped at once (exit ${child.exitCode})`)
    const open = await new Promise((done) => {
      const socket = net.connect(port, '127.0.0.1', () => done(socket.end() && true))
      socket.once('error', () => done(false))
    })
    if (open) return
    await sleep(50)
  }
  throw new Error(`${name} did not open its port`)
}

export class Stack {
  folder = mkdtempSync(path.join(tmpdir(), 'precision-proxy-'))
  #children = []
  #servers = []

  #spawn(program, args) {
    const child = spawn(program, args, {stdio: ['ignore', 'pipe', 'pipe']})
    child.output = ''
    child.stdout.on('data', (chunk) => (child.output += chunk))
    child.stderr.on('data', (chunk) => (child.output += chunk))
    this.#children.push(child)
    return child
  }

  async demo(...args) {
    const port = await freePort()
    const child = this.#spawn(demoProgram, ['--port', String(port), ...args])
    await waitForPort(port, child, 'demo-stripe')
    return port
  }

  /** An upstream that keeps every request and answers as `answer` says. */
  async recorder(answer) {
    const seen = []
    const server = http.createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => (body += chunk))
      request.on('end', () => {
        seen.push({method: request.method, url: request.url, headers: request.headers, body,
          version: request.httpVersion, socket: request.socket})
        answer(request, response)
      })
    })
    server.keepAliveTimeout = 60_000
    await new Promise((done) => server.listen(0, '127.0.0.1', done))
    this.#servers.push(server)
    return {port: server.address().port, seen}
  }

  page() {
    const folder = path.join(this.folder, 'page')
    if (!existsSync(folder)) {
      mkdirSync(folder)
      writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>page</title>')
      writeFileSync(path.join(folder, 'module.wasm'), Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]))
      writeFileSync(path.join(folder, 'main.js'), 'export {}\n')
      writeFileSync(path.join(folder, 'page.css'), 'p {}\n')
    }
    return folder
  }

  async proxy(upstreamPort, ...options) {
    const port = await freePort()
    const state = mkdtempSync(path.join(this.folder, 'nginx-'))
    const config = path.join(state, 'nginx.conf')
    const rendered = spawnSync(path.join(root, 'web/proxy/render'), [
      '--output', config, '--listen', `127.0.0.1:${port}`,
      '--upstream', typeof upstreamPort === 'string' ? upstreamPort : `http://127.0.0.1:${upstreamPort}`,
      '--page', this.page(), '--state', state,
      '--allow-list', path.join(build, 'generated/allow_list.conf'), ...options], {encoding: 'utf8'})
    if (rendered.status !== 0) throw new Error(rendered.stderr)
    const child = this.#spawn('nginx', ['-e', 'stderr', '-c', config])
    await waitForPort(port, child, 'nginx')
    return {port, url: `http://127.0.0.1:${port}`, state, child}
  }

  /** All that was written anywhere by what runs here. */
  written() {
    let text = this.#children.map((child) => child.output).join('\n')
    const visit = (folder) => {
      for (const entry of readdirSync(folder, {withFileTypes: true})) {
        const at = path.join(folder, entry.name)
        if (entry.isDirectory()) visit(at)
        else if (entry.isFile()) text += readFileSync(at, 'latin1')
      }
    }
    visit(this.folder)
    return text
  }

  async stop() {
    for (const server of this.#servers) {
      server.closeAllConnections()
      server.close()
    }
    for (const child of this.#children.reverse()) {
      if (child.exitCode !== null) continue
      const ended = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      await ended
    }
    rmSync(this.folder, {recursive: true, force: true})
  }
}

/** One request with the path exactly as given (fetch would tidy it up). */
export function ask(base, target, {method = 'GET', headers = {}, body} = {}) {
  const {hostname, port} = new URL(base)
  return new Promise((done, fail) => {
    const request = http.request({hostname, port, path: target, method, headers, agent: false}, (response) => {
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        let json
        try {
          json = JSON.parse(text)
        } catch {
          json = undefined
        }
        done({status: response.statusCode, headers: response.headers, text, json})
      })
      response.on('error', fail)
      response.on('aborted', () => fail(new Error('aborted')))
    })
    request.on('error', fail)
    request.end(body)
  })
}

/** Bytes as given, for what no client would send. */
export function askRaw(base, bytes) {
  const {hostname, port} = new URL(base)
  return new Promise((done) => {
    let text = ''
    const socket = net.connect(Number(port), hostname, () => socket.write(bytes))
    socket.on('data', (chunk) => (text += chunk))
    socket.on('close', () => done(text))
    socket.on('error', () => done(text))
    socket.setTimeout(3000, () => socket.destroy())
  })
}
