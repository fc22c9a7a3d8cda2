// What both builds do with the module: its .wasm stands beside the script under a
// name that stays, and is fetched when the first element needs it.

import {createHash} from 'node:crypto'
import {readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import type {Plugin} from 'vite'

const wasm = fileURLToPath(new URL('./generated/precision.wasm', import.meta.url))

/** `folder`: where the scripts go, so that the .wasm goes there too. */
export function wasmBeside(folder: string): Plugin {
  return {
    name: 'precision-wasm',
    enforce: 'pre',
    transform(code, id) {
      // Both spellings are the bundler's to leave alone.
      if (id.endsWith('/module/glue.ts')) {
        return {code: code.replace("new URL('precision.wasm',", "new URL(/* @vite-ignore */ 'precision.wasm',"), map: null}
      }
      if (!id.endsWith('/generated/precision.js')) return null
      // Otherwise the bundler would write the file into the script as a data: URL,
      // which a strict CSP refuses and which cannot stream. And Node's branches are
      // for the tests of the module; in a browser's bundle they are only bytes.
      return {
        code: code
          .replace(/new URL\((["'])precision\.wasm\1\s*,/g, 'new URL(/* @vite-ignore */"precision.wasm",')
          .replace(/ENVIRONMENT_IS_NODE=globalThis\.[^;]+;/, 'ENVIRONMENT_IS_NODE=false;')
          .replaceAll('import("node:module")', 'Promise.resolve({})'),
        map: null,
      }
    },
    generateBundle(_options, bundle) {
      // The bundler of whoever uses the package must see the address as one, to hand the file on.
      if (folder === '') {
        for (const chunk of Object.values(bundle)) {
          if (chunk.type === 'chunk') chunk.code = chunk.code.replaceAll(/\/\* @vite-ignore \*\/\s*(?=["']precision\.wasm)/g, '')
        }
      }
      const source = readFileSync(wasm)
      this.emitFile({type: 'asset', fileName: `${folder}precision.wasm`, source})
      const hash = createHash('sha384').update(source).digest('base64')
      const integrity = `${JSON.stringify({'precision.wasm': `sha384-${hash}`})}\n`
      this.emitFile({type: 'asset', fileName: `${folder}integrity.json`, source: integrity})
    },
  }
}

/** Libraries ask for it; there is no `process` in a browser. */
export const define = {'process.env.NODE_ENV': '"production"'}

/** Nothing older has light-dark(), container queries and WebAssembly SIMD together. */
export const target = ['chrome123', 'firefox128', 'safari17.5']
