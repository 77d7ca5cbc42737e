package shop.checkout.orchestrator.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A topic of the broker. The records of a saga are in one partition, in the order in which they came. */
final class Topic {

    private static final int PARTITIONS = 3;

    /** A row as a leader has published it, with its fencing token; the same row may be published several times. */
    static final class Published {
        private final OutboxRow row;
        private final int token;

        private Published(OutboxRow row, int token) {
            this.row = row;
            this.token = token;
        }

        OutboxRow row() {
            return row;
        }

        int token() {
            return token;
        }
    }

    private final String name;
    private final int number;
    private final List<List<Published>> partitions = IntStream.range(0, PARTITIONS)
            .<List<Published>>mapToObj(_ -> new ArrayList<>())
            .toList();
    private final List<Subscription> readers = new ArrayList<>();

    Topic(String name, int number) {
        this.name = name;
        this.number = number;
    }

    int number() {
        return number;
    }

    List<List<Published>> partitions() {
        return partitions;
    }

    void isReadBy(Subscription subscription) {
        readers.add(subscription);
    }

    void append(OutboxRow row, int token) {
        int partition = row.saga() % PARTITIONS;
        partitions.get(partition).add(new Published(row, token));
        for (int i = 0; i < readers.size(); i++) {
            readers.get(i).arrived(partition);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
