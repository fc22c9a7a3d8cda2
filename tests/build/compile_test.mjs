// scripts/tools/compile: two checkouts share one cache and neither gets the other's
// precompiled header.

import assert from 'node:assert/strict'
import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {after, describe, it} from 'node:test'
import {fileURLToPath} from 'node:url'

const compile = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../scripts/tools/compile')
const top = mkdtempSync(path.join(os.tmpdir(), 'precision-compile-'))
after(() => rmSync(top, {recursive: true, force: true}))

function checkout(name, {header = 'inline int answer() { return 42; }', user = 'int main() { return answer(); }'} = {}) {
  const dir = path.join(top, name)
  mkdirSync(dir, {recursive: true})
  writeFileSync(path.join(dir, 'answer.h'), `#pragma once\n${header}\n`)
  writeFileSync(path.join(dir, 'pch.hxx'), '#include "answer.h"\n')
  writeFileSync(path.join(dir, 'pch.hxx.cxx'), '')
  writeFileSync(path.join(dir, 'user.cpp'), `${user}\n`)

  // As CMake calls a compiler for a precompiled header and for what includes it.
  const env = {...process.env, CCACHE_DIR: path.join(top, 'cache'), CCACHE_BASEDIR: dir, CCACHE_NOHASHDIR: '1'}
  const run = (...args) => {
    const {status, stdout, stderr} = spawnSync(args[0], args.slice(1), {cwd: dir, env, encoding: 'utf8'})
    assert.equal(status, 0, stderr)
    return stdout
  }
  const pch = path.join(dir, 'pch.hxx')
  run(compile, 'clang++', '-Winvalid-pch', '-Xclang', '-emit-pch', '-Xclang', '-include', '-Xclang', pch, '-x', 'c++-header',
    '-MD', '-MT', 'pch.hxx.pch', '-MF', 'pch.hxx.pch.d', '-o', 'pch.hxx.pch', '-c', `${pch}.cxx`)
  run('ccache', '-z')
  run(compile, 'clang++', '-Winvalid-pch', '-Xclang', '-include-pch', '-Xclang', `${pch}.pch`, '-Xclang', '-include', '-Xclang', pch,
    '-MD', '-MT', 'user.o', '-MF', 'user.o.d', '-o', 'user.o', '-c', path.join(dir, 'user.cpp'))
  const counted = /^direct_cache_hit\t(\d+)$/m.exec(run('ccache', '--print-stats'))
  run('clang++', 'user.o', '-o', 'user')
  return {answer: spawnSync(path.join(dir, 'user')).status, fromCache: counted?.[1] === '1'}
}

describe('compiling through the cache', () => {
  it('a first checkout compiles', () => {
    assert.deepEqual(checkout('first'), {answer: 42, fromCache: false})
  })
  it('a second one takes from the cache what is the same', () => {
    assert.deepEqual(checkout('second'), {answer: 42, fromCache: true})
  })
  it('and compiles what differs with its own precompiled header', () => {
    rmSync(path.join(top, 'first'), {recursive: true})
    rmSync(path.join(top, 'second'), {recursive: true})
    assert.deepEqual(checkout('third', {user: 'int main() { return answer() + 1; }'}), {answer: 43, fromCache: false})
  })
  it('a header that changed reaches what includes it', () => {
    assert.deepEqual(checkout('fourth', {header: 'inline int answer() { return 7; }'}), {answer: 7, fromCache: false})
  })
})
