/** The whole system as its users, its operators and its auditors meet it: started by its launcher, reached by HTTP, JDBC and Kafka. */
@NullMarked
package shop.checkout.e2e.shop;

import org.jspecify.annotations.NullMarked;
