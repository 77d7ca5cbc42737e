package shop.checkout.servers;

/** What the servers run in. */
interface Infrastructure extends AutoCloseable {

    TestPostgres startPostgres();

    TestKafka startKafka();

    /** Stops what was started, with all it kept. */
    @Override
    void close();
}
