package shop.checkout.inventory.stock;

import static shop.checkout.inventory.stock.InventoryMessaging.commands;

import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.consumer.TopicSubscription;
import shop.checkout.contract.Topics;
import shop.checkout.inventory.tutorial.Vouchers;
import shop.checkout.participant.Participants;

/** The bean that docs/tutorial.md changes, as it is afterwards. No configuration: other tests do not run it. */
final class TutorialMessaging {

    @Bean
    TopicSubscription inventoryCommands(Participants participants, Warehouse warehouse, JdbcTemplate jdbc) {
        return participants.subscribe(
                Topics.INVENTORY_COMMANDS, commands(warehouse).and(Vouchers.handlers(jdbc)));
    }
}
