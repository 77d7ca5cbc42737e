package shop.checkout.sandbox.fact;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Numbered entries, each a hash and a position: a hash table in four arrays, because a million objects would need
 * several times the memory. Safe to use from many threads.
 */
final class Positions {

    private static final int FIRST_ROOM = 16;

    private int size;
    private long[] hashes = new long[FIRST_ROOM];
    private long[] positions = new long[FIRST_ROOM];
    // entries of one bucket, newest first; 0 ends them, hence entry + 1
    private int[] newest = new int[FIRST_ROOM];
    private int[] nextOlder = new int[FIRST_ROOM];

    synchronized void add(long hash, long position) {
        if (size == positions.length) {
            grow();
        }
        hashes[size] = hash;
        positions[size] = position;
        link(size);
        size++;
    }

    /** Entries are numbered from 0 to one less than this, in the order they were added. */
    synchronized int size() {
        return size;
    }

    synchronized long position(int entry) {
        return positions[entry];
    }

    /** The entries with this hash, newest first. */
    synchronized IntStream entries(long hash) {
        var found = IntStream.builder();
        for (var entry = newest[bucket(hash)] - 1; entry >= 0; entry = nextOlder[entry] - 1) {
            if (hashes[entry] == hash) {
                found.add(entry);
            }
        }
        return found.build();
    }

    private void grow() {
        var room = size + size / 2;
        hashes = Arrays.copyOf(hashes, room);
        positions = Arrays.copyOf(positions, room);
        nextOlder = Arrays.copyOf(nextOlder, room);
        newest = new int[2 * Integer.highestOneBit(room)];
        for (var entry = 0; entry < size; entry++) {
            link(entry);
        }
    }

    private void link(int entry) {
        var bucket = bucket(hashes[entry]);
        nextOlder[entry] = newest[bucket];
        newest[bucket] = entry + 1;
    }

    private int bucket(long hash) {
        return (int) hash & (newest.length - 1);
    }
}
