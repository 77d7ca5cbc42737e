/** Kafka as the manifests for production make it: TLS, passwords, and for each user only what is granted to it. */
@NullMarked
package shop.checkout.e2e.secured;

import org.jspecify.annotations.NullMarked;
