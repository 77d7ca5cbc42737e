/** Reads what {@code kubectl kustomize} makes of {@code k8s/} and says what is wrong with it. */
@NullMarked
package shop.checkout.k8s;

import org.jspecify.annotations.NullMarked;
