-- MySQL dump 10.13  Distrib 8.0.36
/*!40101 SET NAMES utf8 */;
USE `webshop`;
CREATE TABLE `order` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT COMMENT 'The order''s number',
  `customer_id` bigint NOT NULL,
  `key` varchar(20) DEFAULT 'a,b)',
  `state` enum('open','paid','sent') DEFAULT 'open',
  total decimal(10,2),
  PRIMARY KEY (`id`),
  KEY `by_customer` (`customer_id`),
  CONSTRAINT `fk_customer` FOREIGN KEY (`customer_id`) REFERENCES `customer` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='What customers buy';
INSERT INTO `order` VALUES (1,2,'it''s; ok','open',3.50);
CREATE TABLE customer (
  id bigint NOT NULL PRIMARY KEY,
  name text -- with a comment, and a comma
);
CREATE ALGORITHM=UNDEFINED DEFINER=`root`@`localhost` SQL SECURITY DEFINER VIEW `order_list` AS
  select o.id, c.name from (`order` o join `customer` c on ((c.id = o.customer_id)));
DELIMITER ;;
CREATE PROCEDURE p() BEGIN SELECT 1; END ;;
