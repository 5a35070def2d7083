// SPDX-License-Identifier: Apache-2.0
package io.l402.servlet;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketState;
import io.github.bucket4j.MathType;
import io.github.bucket4j.TimeMeter;

/**
 * Token buckets of one rate, one for each key, in bounded memory: a full bucket may leave, a spent
 * one may not, and while there is no room newcomers share one.
 *
 * <p>Holds bucket4j's states rather than its buckets, which are much larger: an entry takes about
 * 150 bytes with its key. Not safe for use by many threads: its owner has the lock.
 */
final class BucketTable<K> {
  private final BucketConfiguration configuration;
  private final BoundedTable<K, BucketState> buckets;
  private final TimeMeter time;
  private final long burst;

  /** A table without entries; every bucket starts full. */
  BucketTable(Rate rate, int capacity, TimeMeter time) {
    Bandwidth bandwidth =
        Bandwidth.builder()
            .capacity(rate.burst())
            .refillGreedy(rate.requests(), rate.per())
            .build();
    configuration = BucketConfiguration.builder().addLimit(bandwidth).build();
    this.time = time;
    burst = rate.burst();
    buckets = new BoundedTable<>(capacity, this::full, bucket -> available(bucket) >= burst);
  }

  /** A request's claim to one token of one bucket. Valid while the lock is held. */
  Claim claim(K key) {
    return new Claim(key);
  }

  private BucketState full() {
    return BucketState.createInitialState(
        configuration, MathType.INTEGER_64_BITS, time.currentTimeNanos());
  }

  private long available(BucketState bucket) {
    bucket.refillAllBandwidth(time.currentTimeNanos());
    return bucket.getAvailableTokens();
  }

  /** One token of one bucket, wanted. */
  final class Claim {
    private final K key;
    private final BucketState bucket;

    private Claim(K key) {
      this.key = key;
      bucket = buckets.find(key);
    }

    /** How many nanoseconds until there is a token; 0 if there is one. */
    long nanosToWait() {
      return available(bucket) > 0
          ? 0
          : Math.max(
              1,
              bucket.calculateDelayNanosAfterWillBePossibleToConsume(
                  1, time.currentTimeNanos(), true));
    }

    /** Takes the token. */
    void take() {
      bucket.consume(1);
      buckets.keep(key, bucket);
    }
  }
}
