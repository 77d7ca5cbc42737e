package shop.checkout.launcher;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the person at the terminal needs to know once everything runs. */
record Banner(PortPlan ports, List<Product> products, Path data) {
    private static final int SHOWN = 12;

    Banner {
        products = List.copyOf(products);
    }

    String text() {
        return """

                Checkouts    %s/api/v1/checkouts
                Status page  %s/ui
                Services     inventory %s   payment %s   shipping %s   sandbox %s
                Products     %s
                Data, logs   %s

                Try these; each makes a checkout, and the status page shows how it goes:

                %s

                Stop with Ctrl-C; the next start goes on where this one stopped.
                """.formatted(
                        url(Part.ORCHESTRATOR),
                        url(Part.ORCHESTRATOR),
                        url(Part.INVENTORY),
                        url(Part.PAYMENT),
                        url(Part.SHIPPING),
                        url(Part.SANDBOX),
                        catalogue(),
                        data,
                        Stream.of(DemoOrder.values()).map(this::example).collect(Collectors.joining("\n\n")));
    }

    private URI url(Part part) {
        return ports.url(part);
    }

    private String catalogue() {
        var listed = products.stream()
                .limit(SHOWN)
                .map(product -> "%s (%s %s)".formatted(product.sku(), product.amount(), product.currency()))
                .collect(Collectors.joining(", "));
        return products.size() > SHOWN ? listed + ", …" : listed;
    }

    private String example(DemoOrder order) {
        return """
                # %s
                curl -i %s/api/v1/checkouts -H "Idempotency-Key: $(date +%%s%%N)" -H "Prefer: wait=10" -H "Content-Type: application/json" -d '%s'""".formatted(order.outcome(), url(Part.ORCHESTRATOR), order.json("c-42", sku()));
    }

    private String sku() {
        return products.stream()
                .filter(product -> product.available() > 0)
                .map(Product::sku)
                .findFirst()
                .orElse("espresso-machine");
    }
}
