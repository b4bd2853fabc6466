import { describe, expect, test } from 'vitest'
import { type Player, PlayerLost, type PoolOptions, playAll } from '../../src/explore/pool.ts'

/** A player whose jobs end when the test says so. */
function scene() {
  const ends = new Map<string, { end(result: string): void; lose(hasBegun: boolean): void; fail(error: Error): void }>()
  const told: string[] = []
  let started = 0
  let ended = 0
  const start = (): Player<string, string, string> => {
    started++
    return {
      play: (job, onProgress) =>
        new Promise((end, fail) => {
          onProgress(`page of ${job}`)
          ends.set(job, { end, lose: (hasBegun) => fail(new PlayerLost('gone', hasBegun)), fail })
        }),
      stop: (code) => told.push(`stop ${code}`),
      end: () => void ended++,
    }
  }
  const options: PoolOptions<string, string, string> = {
    size: 2,
    start,
    lost: (job, { hasBegun }) => `${job} lost${hasBegun ? ' in its middle' : ''}`,
    onResult: (result, index) => told.push(`${index}: ${result}`),
    onNotPlayed: (job, index) => told.push(`${index}: ${job} not played`),
    onProgress: (progress) => told.push(progress),
  }
  /** Lets all that waits come to its turn. */
  const turn = () => new Promise((done) => setImmediate(done))
  return { ends, told, options, turn, count: () => ({ started, ended }) }
}

describe('a pool', () => {
  test('tells results in the order of the jobs, whichever ends first', async () => {
    const { ends, told, options, turn, count } = scene()
    const { done } = playAll(['a', 'b', 'c'], options)
    await turn()
    expect(told).toEqual(['page of a', 'page of b'])
    ends.get('b')!.end('B')
    await turn()
    ends.get('c')!.end('C')
    await turn()
    expect(told).toEqual(['page of a', 'page of b', 'page of c'])
    ends.get('a')!.end('A')
    await done
    expect(told.slice(3)).toEqual(['0: A', '1: B', '2: C'])
    expect(count()).toEqual({ started: 2, ended: 2 })
  })

  test('starts no more players than there are jobs', async () => {
    const { ends, options, turn, count } = scene()
    const { done } = playAll(['a'], { ...options, size: 8 })
    await turn()
    ends.get('a')!.end('A')
    await done
    expect(count()).toEqual({ started: 1, ended: 1 })
    await playAll([], options).done
    expect(count()).toEqual({ started: 1, ended: 1 })
  })

  test('loses one job with a player, and puts another player in its place', async () => {
    const { ends, told, options, turn, count } = scene()
    const { done } = playAll(['a', 'b'], { ...options, size: 1 })
    await turn()
    ends.get('a')!.lose(true)
    await turn()
    ends.get('b')!.end('B')
    await done
    expect(told).toEqual(['page of a', '0: a lost in its middle', 'page of b', '1: B'])
    expect(count()).toEqual({ started: 2, ended: 2 })
  })

  test('begins nothing after a stop, asks those in hand to end, and takes their results', async () => {
    const { ends, told, options, turn } = scene()
    const pool = playAll(['a', 'b', 'c', 'd'], options)
    await turn()
    pool.stop(130)
    ends.get('b')!.end('B stopped')
    await turn()
    ends.get('a')!.end('A stopped')
    await pool.done
    expect(told.slice(2)).toEqual([
      'stop 130',
      'stop 130',
      '0: A stopped',
      '1: B stopped',
      '2: c not played',
      '3: d not played',
    ])
  })

  test('begins nothing after a result that says so', async () => {
    const { ends, told, options, turn } = scene()
    const { done } = playAll(['a', 'b', 'c'], { ...options, onEnded: (result) => result === 'failed' })
    await turn()
    ends.get('b')!.end('failed')
    await turn()
    ends.get('a')!.end('A')
    await done
    expect(told.slice(2)).toEqual(['0: A', '1: failed', '2: c not played'])
  })

  test('throws a bug of a player when the others have ended', async () => {
    const { ends, options, turn, count } = scene()
    const { done } = playAll(['a', 'b', 'c'], options)
    const thrown = expect(done).rejects.toThrow('a bug')
    await turn()
    ends.get('a')!.fail(new Error('a bug'))
    await turn()
    expect(count()).toEqual({ started: 2, ended: 1 })
    ends.get('b')!.end('B')
    await thrown
    expect(count()).toEqual({ started: 2, ended: 2 })
  })
})
