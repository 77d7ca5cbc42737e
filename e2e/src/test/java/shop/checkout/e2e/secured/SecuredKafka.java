package shop.checkout.e2e.secured;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import shop.checkout.embedded.EmbeddedKafka;
import shop.checkout.embedded.Ports;
import shop.checkout.servers.Certificate;

/**
 * A broker with the topics, users and grants of {@code k8s/overlays/prod}, whose clients come by TLS and with a password: SCRAM-SHA-512. Nobody
 * may do what is not granted.
 */
public final class SecuredKafka implements AutoCloseable {

    private static final ScramCredentialInfo SCRAM = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);

    private final EmbeddedKafka kafka;
    private final int port;
    private final Certificate certificate;
    private final String password = UUID.randomUUID().toString();

    private SecuredKafka(EmbeddedKafka kafka, int port, Certificate certificate) {
        this.kafka = kafka;
        this.port = port;
        this.certificate = certificate;
    }

    /** @param folder for its data and its certificate */
    public static SecuredKafka start(Path folder) throws InterruptedException, ExecutionException {
        int port = Ports.free();
        var certificate = Certificate.made(folder, "server");
        var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, settings(port, certificate));
        var secured = new SecuredKafka(kafka, port, certificate);
        secured.setUp();
        return secured;
    }

    /** What a service is told by its environment. */
    public Map<String, String> environment(String user) {
        var environment = new HashMap<>(Manifests.settings());
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + port);
        environment.put(
                "SPRING_KAFKA_PROPERTIES_SSL_TRUSTSTORE_LOCATION",
                certificate.trusted().toString());
        environment.put(
                "SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(user, password));
        return environment;
    }

    /** By the second listener, which is the cluster's own. */
    private void setUp() throws InterruptedException, ExecutionException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(Manifests.topics()).all().get();
            admin.createAcls(Manifests.grants()).all().get();
            var users = Manifests.users().stream()
                    .<UserScramCredentialAlteration>map(user -> new UserScramCredentialUpsertion(user, SCRAM, password))
                    .toList();
            admin.alterUserScramCredentials(users).all().get();
        }
    }

    private static Map<String, String> settings(int port, Certificate certificate) {
        return Map.of(
                "listeners",
                "SECURED://127.0.0.1:" + port,
                "listener.security.protocol.map",
                "SECURED:SASL_SSL",
                "sasl.enabled.mechanisms",
                "SCRAM-SHA-512",
                "listener.name.secured.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;",
                "ssl.keystore.type",
                "PEM",
                "ssl.keystore.location",
                keyAndCertificate(certificate).toString(),
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users",
                "User:ANONYMOUS");
    }

    /** Kafka wants both in a file. */
    private static Path keyAndCertificate(Certificate certificate) {
        try {
            return Files.writeString(
                    certificate.key().resolveSibling("server.pem"),
                    Files.readString(certificate.key()) + Files.readString(certificate.trusted()));
        } catch (IOException e) {
            throw new UncheckedIOException("the key of " + certificate + " cannot be handed on", e);
        }
    }

    @Override
    public void close() {
        kafka.close();
    }
}
