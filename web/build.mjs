// Builds the package and the page, or nothing when nothing has changed since.

import {spawn} from 'node:child_process'
import {existsSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'

process.chdir(fileURLToPath(new URL('.', import.meta.url)))

const stamp = 'dist/.built'
const inputs = ['module', 'element', 'page', 'generated', '.']

function newest(folder) {
  return readdirSync(folder, {recursive: folder !== '.', withFileTypes: true})
    .filter((entry) => entry.isFile())
    .reduce((time, entry) => Math.max(time, statSync(`${entry.parentPath}/${entry.name}`).mtimeMs), 0)
}

function run(command, ...args) {
  return new Promise((resolve, reject) => {
    spawn(`node_modules/.bin/${command}`, args, {stdio: 'inherit'}).once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`${command} ${args.join(' ')} failed`))
    })
  })
}

if (!existsSync('generated/precision.wasm')) {
  process.stderr.write('web: the module is not built; run scripts/build module first\n')
  process.exit(1)
}
const changed = Math.max(...inputs.map(newest))
if (existsSync(stamp) && statSync(stamp).mtimeMs > changed) process.exit(0)

rmSync(stamp, {force: true})
try {
  await run('vite', 'build', '--logLevel', 'warn')
  await Promise.all([
    run('vite', 'build', '--logLevel', 'warn', '--config', 'vite.page.config.ts'),
    run('tsc', '-p', 'tsconfig.build.json'),
    run('cem', 'analyze', '--quiet'),
  ])
} catch (error) {
  process.stderr.write(`web: ${error.message}\n`)
  process.exit(1)
}
writeFileSync(stamp, '')
