package shop.checkout.e2e.secured;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * What a server at 127.0.0.1 shows, signed by itself.
 *
 * @param trusted the certificate in PEM, for its clients
 * @param own its private key and the certificate in PEM, for the server
 */
record Certificate(Path trusted, Path own) {

    private static final String NAME = "server";

    static Certificate made(Path folder) {
        var password = UUID.randomUUID().toString();
        var store = folder.resolve("server.p12");
        try {
            keytool(store, password);
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(new ByteArrayInputStream(Files.readAllBytes(store)), password.toCharArray());
            var certificate = pem("CERTIFICATE", keys.getCertificate(NAME).getEncoded());
            var key =
                    pem("PRIVATE KEY", keys.getKey(NAME, password.toCharArray()).getEncoded());
            return new Certificate(
                    Files.writeString(folder.resolve("ca.crt"), certificate),
                    Files.writeString(folder.resolve("server.pem"), key + certificate));
        } catch (IOException e) {
            throw new UncheckedIOException("no certificate can be made in " + folder, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(store + " cannot be read", e);
        }
    }

    private static void keytool(Path store, String password) throws IOException {
        var command =
                ("-genkeypair -alias %s -keyalg EC -dname CN=127.0.0.1 -ext san=ip:127.0.0.1 -validity 2 -storetype PKCS12"
                                + " -storepass %s -keystore")
                        .formatted(NAME, password)
                        .split(" ");
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        builder.command().addAll(List.of(command));
        builder.command().add(store.toString());
        int exit = builder.inheritIO().start().onExit().join().exitValue();
        if (exit != 0) {
            throw new IOException("keytool ended with " + exit);
        }
    }

    private static String pem(String kind, byte[] content) {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content);
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(kind, lines);
    }
}
